"""What a video or captions file is, by its own bytes: the container, size and length; nothing in it is ever run.

Where an MP4 file says where and with what it was filmed, those boxes are blanked.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from loa.media.errors import NotAFilm

BRANDS = ("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "mmp4")
CONTAINERS = (b"moov", b"trak", b"mdia", b"minf")
TELLTALE = (b"udta", b"meta", b"uuid")  # place, camera, person
MOST_BOXES = 5000
LARGEST_CAPTIONS = 1_000_000
TIMES = re.compile(r"^(?:\d{2,}:)?\d\d:\d\d\.\d{3} --> (?:\d{2,}:)?\d\d:\d\d\.\d{3}", re.MULTILINE)
# EBML: elements that hold others, on the way to length and size, and where the pictures themselves begin.
SEGMENT, INFO, TRACKS, TRACK, VIDEO, CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x1F43B675
SCALE, DURATION, WIDTH, HEIGHT = 0x2AD7B1, 0x4489, 0xB0, 0xBA
DOCUMENT_TYPE = 0x4282


@dataclass(kw_only=True)
class Film:
    """A video that browsers can play."""

    format: str
    width: int = 0
    height: int = 0
    seconds: int = 0


def look(path: Path) -> Film:
    """What it is; raises NotAFilm. The file is changed where it tells place or camera."""
    with path.open("r+b") as file:
        head = file.read(64)
        if head[4:8] == b"ftyp" and head[8:12].decode("latin-1") in BRANDS:
            return _mp4(file, path.stat().st_size)
        if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head:
            return _webm(file, path.stat().st_size)
    raise NotAFilm


def _mp4(file: BinaryIO, size: int) -> Film:
    film = Film(format="mp4")
    has_movie = False
    for count, (kind, start, end) in enumerate(_boxes(file, 0, size)):
        if count > MOST_BOXES:
            raise NotAFilm
        has_movie = has_movie or kind == b"moov"
        if kind in TELLTALE:
            _blank(file, start, end)
        if kind == b"mvhd":
            scale, length = _times(file, start)
            film.seconds = round(length / scale) if scale and length / scale < 1_000_000 else 0
        if kind == b"tkhd":
            file.seek(end - 8)
            width, height = (int.from_bytes(file.read(4), "big") >> 16 for _ in range(2))
            film.width, film.height = max(film.width, width), max(film.height, height)
    if not has_movie:
        raise NotAFilm(is_broken=True)
    return film


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box with where its content begins and ends; what is inside the boxes that hold others too."""
    while start + 8 <= end:
        file.seek(start)
        size, kind = int.from_bytes(file.read(4), "big"), file.read(4)
        inside = start + 8
        if size == 1:
            size, inside = int.from_bytes(file.read(8), "big"), start + 16
        size = size or end - start
        if size < inside - start or start + size > end:
            raise NotAFilm(is_broken=True)
        yield kind, inside, start + size
        if kind in CONTAINERS:
            yield from _boxes(file, inside, start + size)
        start += size


def _times(file: BinaryIO, start: int) -> tuple[int, int]:
    file.seek(start)
    is_long = file.read(1) == b"\x01"
    file.seek(start + (20 if is_long else 12))
    return int.from_bytes(file.read(4), "big"), int.from_bytes(file.read(8 if is_long else 4), "big")


def _blank(file: BinaryIO, start: int, end: int) -> None:
    file.seek(start - 4)
    file.write(b"free")
    file.seek(start)
    file.write(b"\0" * (end - start))


def _webm(file: BinaryIO, size: int) -> Film:
    film = Film(format="webm")
    scale, length = 1_000_000, 0.0
    for count, (element, value) in enumerate(_elements(file, 0, size)):
        if count > MOST_BOXES:
            raise NotAFilm
        if element == DOCUMENT_TYPE and value.rstrip(b"\0") != b"webm":
            raise NotAFilm
        if element == SCALE:
            scale = int.from_bytes(value, "big")
        if element == DURATION and len(value) in (4, 8):
            length = _float(value)
        if element == WIDTH:
            film.width = int.from_bytes(value, "big")
        if element == HEIGHT:
            film.height = int.from_bytes(value, "big")
    seconds = length * scale / 1e9
    film.seconds = round(seconds) if 0 < seconds < 1_000_000 else 0
    if not film.width:
        raise NotAFilm
    return film


def _float(value: bytes) -> float:
    return float(struct.unpack(">f" if len(value) == 4 else ">d", value)[0])


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Small elements with their bytes, until the pictures begin."""
    while start + 2 <= end:
        file.seek(start)
        element, _ = _number(file, keep_mark=True)
        size, unknown = _number(file, keep_mark=False)
        inside = file.tell()
        size = end - inside if unknown else size
        if element == SEGMENT and inside + size > end:  # what is cut off plays, and stops in the middle
            raise NotAFilm(is_broken=True)
        if element == CLUSTER:
            return
        if element in (0x1A45DFA3, SEGMENT, INFO, TRACKS, TRACK, VIDEO):
            yield from _elements(file, inside, min(end, inside + size))
        elif size <= 64:
            yield element, file.read(size)
        start = inside + size


def _number(file: BinaryIO, *, keep_mark: bool) -> tuple[int, bool]:
    """A number of EBML, and whether it says "not known"."""
    first = file.read(1)
    if not first or not first[0]:
        raise NotAFilm(is_broken=True)
    length = 9 - first[0].bit_length()
    raw = first + file.read(length - 1)
    value = int.from_bytes(raw, "big")
    mark = 1 << (7 * length)
    return (value if keep_mark else value ^ mark), value == (mark << 1) - 1


def captions(data: bytes) -> bytes:
    """A WebVTT file with its lines and times, without styles; raises NotAFilm."""
    try:
        text = data[: LARGEST_CAPTIONS + 1].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise NotAFilm from error
    if len(data) > LARGEST_CAPTIONS or not re.match(r"WEBVTT(?:[ \t\n]|$)", text) or not TIMES.search(text):
        raise NotAFilm
    blocks = [block for block in re.split(r"\n{2,}", text) if not block.startswith(("STYLE", "REGION"))]
    return ("\n\n".join(blocks).rstrip() + "\n").encode()
