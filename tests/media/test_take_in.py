"""Pictures are written anew from their pixels, and what is no picture is refused."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from loa.media import store
from loa.media.actions.take_in import take_in
from loa.media.errors import NotAPicture
from loa.media.models import Picture

pytestmark = pytest.mark.django_db


def make_picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """Return the bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **options)
    return out.getvalue()


def make_bomb(side: int) -> bytes:
    """Return a small PNG that says it is very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def kept(picture: Picture) -> bytes:
    """Return the bytes as served."""
    return (store.folder() / picture.file_name).read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_it_is_made_anew(form: str) -> None:
    picture = take_in(make_picture(form), owner_key="org:1")
    kind = ("jpg", "JPEG") if form == "JPEG" else ("webp", "WEBP")
    assert (picture.format, picture.width, picture.height) == (kind[0], 64, 48)
    assert Image.open(io.BytesIO(kept(picture))).format == kind[1]
    assert picture.size == len(kept(picture))


def test_where_it_was_taken_is_gone_and_its_credit_stays() -> None:
    exif = Image.Exif()
    exif[0x010F] = "MayAnhBiMat"
    exif.get_ifd(0x8825)[1] = "N"
    picture = take_in(make_picture(exif=exif.tobytes()), owner_key="org:1", credit='Ảnh: "Lan" & An')
    assert b"MayAnhBiMat" not in kept(picture)
    assert not Image.open(io.BytesIO(kept(picture))).getexif()
    assert 'Ảnh: "Lan" &amp; An'.encode() in kept(picture)


def test_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = take_in(make_picture(exif=exif.tobytes()), owner_key="org:1")
    assert (picture.width, picture.height) == (48, 64)


def test_a_large_picture_is_made_smaller() -> None:
    picture = take_in(make_picture(size=(12000, 100)), owner_key="org:1")
    assert (picture.width, picture.height) == (6000, 50)


def test_what_is_clear_stays_clear() -> None:
    out = io.BytesIO()
    Image.new("P", (8, 8)).save(out, "PNG", transparency=0)
    picture = take_in(out.getvalue(), owner_key="org:1")
    assert Image.open(io.BytesIO(kept(picture))).mode == "RGBA"


def test_the_same_bytes_are_kept_once_for_each_owner() -> None:
    data = make_picture()
    assert take_in(data, owner_key="org:1") == take_in(data, owner_key="org:1")
    assert take_in(data, owner_key="org:2") != take_in(data, owner_key="org:1")
    assert len(list(store.folder().iterdir())) == 4  # each with its stand-in


@pytest.mark.parametrize(
    "data",
    [
        b"", b"khong phai anh", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", make_picture("BMP"),
        make_picture("TIFF"), make_picture()[:300], make_picture("PNG")[:60], b"\0" * 20_000_001,
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes, home: Path) -> None:
    with pytest.raises(NotAPicture):
        take_in(data, owner_key="org:1")
    assert not Picture.objects.exists()
    assert not (home / "media").exists()


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_bomb_is_refused_before_it_is_opened(side: int) -> None:
    with pytest.raises(NotAPicture):
        take_in(make_bomb(side), owner_key="org:1")


def test_broken_bytes_are_refused_and_never_more() -> None:
    data = make_picture("AVIF")
    for place in range(0, min(len(data), 300), 15):
        try:
            take_in(data[:place] + b"\xff" + data[place + 1 :], owner_key="org:1")
        except NotAPicture:
            continue


def test_a_picture_sent_twice_at_once_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_picture()

    def meanwhile(name: str, encoded: bytes) -> None:
        monkeypatch.undo()
        store.put(name, encoded)
        first.append(take_in(data, owner_key="org:1"))

    first: list[Picture] = []
    monkeypatch.setattr("loa.media.actions.take_in.store.put", meanwhile)
    assert take_in(data, owner_key="org:1") == first[0]
    assert {file.name for file in store.folder().iterdir()} == {
        first[0].file_name, f"{first[0].public_id}-64.webp",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("program", "is_too_large"),
    [
        ("import os; os.abort()", True), ("raise SystemExit(3)", False), ("print('nonsense')", False),
        ("print('{\"format\": \"/../x\", \"sizes\": []}')", False), ("print('[]')", False),
        ("print('{\"format\": \"jpg\", \"sizes\": [2, 2]}', end='')", False),
    ],
)  # fmt: skip
def test_whatever_the_decoders_process_does_the_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, program: str, is_too_large: bool
) -> None:
    real = subprocess.run

    def run(_: list[str], **options: Any) -> Any:
        return real([sys.executable, "-c", program], **options)

    monkeypatch.setattr("loa.lib.limited.subprocess.run", run)
    with pytest.raises(NotAPicture) as refused:
        take_in(make_picture(), owner_key="org:1")
    assert refused.value.is_too_large is is_too_large


def test_the_decoder_knows_no_secret_and_has_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_SECRET_KEY", "hoa-sen")
    seen: dict[str, Any] = {}
    real = subprocess.run

    def run(program: list[str], **options: Any) -> Any:
        seen.update(options)
        return real(program, **options)

    monkeypatch.setattr("loa.lib.limited.subprocess.run", run)
    take_in(make_picture(), owner_key="org:1")
    assert "hoa-sen" not in str(seen["env"])
    look = "import resource as r; from loa.lib import limited; limited.limit(7 * 10**8); print(r.getrlimit({}))"
    said = real(
        [sys.executable, "-c", look.format("r.RLIMIT_AS")], env=seen["env"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "(700000000, 700000000)"
