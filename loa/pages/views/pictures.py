"""All pictures of a release in one archive, with a text that says whose they are."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.sheet import Sheet
from loa.lib.pdf_tree import pictures_in, tree
from loa.lib.slugs import slugify
from loa.media import queries as media
from loa.pages import rules
from loa.pages.views.found import beside, find
from loa.pages.views.licence import terms

NAME = "pictures.zip"
PIECE = 64 * 1024


@dataclass(frozen=True)
class Member:
    """One file of the archive: its name there and where its bytes are."""

    name: str
    picture: dict[str, Any]
    path: Path


@dataclass(frozen=True)
class Words:
    """The text beside the pictures: its name and its bytes."""

    name: str
    text: bytes


@require_safe
def pictures(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The archive, made while it is sent: no picture is ever whole in memory."""
    found = find(request, public_id, beside(NAME))
    if isinstance(found, HttpResponse):
        return found
    sheet = found.sheet
    files = members(sheet, found.version.slug)
    if not files:
        raise Http404
    words = Words(_("nguon-anh.txt"), credits_of(sheet, files, found.address).encode())
    headers = {
        "Content-Disposition": f'attachment; filename="{found.version.slug}-{_("anh")}.zip"',
        "Content-Length": str(length(files, words)),
        "X-Robots-Tag": "noindex",
    }
    sent = [] if request.method == "HEAD" else pieces(found.version.shelved_at, files, words)
    answer = StreamingHttpResponse(sent, content_type="application/zip", headers=headers)
    # A credit changed later is written into the files: their names stay, their times do not.
    times = (f"{file.path.name} {file.path.stat().st_mtime_ns}" for file in files)
    seed = words.text + "\n".join(times).encode()
    return rules.public_stream(request, answer, archive.tags(found.entry), seed)


def members(sheet: Sheet, slug: str) -> list[Member]:
    """The pictures whose files are there, named by their place and what they show; in other letters by the release."""
    rows = []
    for number, picture in enumerate(every(sheet), start=1):
        path = file_of(picture.get("url", ""))
        if path is not None:
            words = slugify(picture.get("caption") or picture.get("alt") or sheet.headline, 60, otherwise=slug)
            rows.append(Member(f"{number:02d}-{words}{path.suffix}", picture, path))
    return rows


def every(sheet: Sheet) -> list[dict[str, Any]]:
    """The pictures of a release, those placed in its text too, each once."""
    rows = list(sheet.pictures)
    known = {row.get("url") for row in rows}
    within = pictures_in(tree(sheet.body_html)) if "<img" in sheet.body_html else []
    return rows + [{"url": one["src"], "alt": one["alt"]} for one in within if one["src"] not in known]


def file_of(address: str) -> Path | None:
    """The file behind a picture's own address."""
    return media.public_path(address)


def credits_of(sheet: Sheet, files: list[Member], address: str) -> str:
    """What stands beside the pictures: for each its caption, credit, creator, licence and source."""
    licence = terms(sheet.licence, address)
    lines = [
        sheet.headline,
        f"{sheet.sender} · {address}",
        f"{licence.sentence} {licence.address}" if licence.is_outside else licence.sentence,
        "",
    ]
    for file in files:
        picture = file.picture
        facts = (
            (_("Chú thích"), picture.get("caption")),
            (_("Mô tả"), picture.get("alt")),
            (_("Nguồn ảnh:").rstrip(":"), picture.get("credit") or sheet.picture_credit or sheet.sender),
            (_("Cách tạo"), _("ảnh tạo bằng AI") if picture.get("is_ai") else ""),
            (_("Tác giả"), picture.get("creator")),
            (_("Giấy phép"), picture.get("licence") or licence.sentence),
            (_("Lấy từ"), address),
        )
        lines += [file.name, *[f"  {label}: {' '.join(str(value).split())}" for label, value in facts if value], ""]
    return "\n".join(lines)


class _Outbox(RawIOBase):
    """Where the archive is written to: a few pieces that leave at once; it cannot be sought."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def pieces(at: datetime, files: list[Member], words: Words) -> Iterator[bytes]:
    """The archive piece by piece; pictures are packed already, so they are only stored."""
    out = _Outbox()
    with zipfile.ZipFile(cast("Any", out), "w", zipfile.ZIP_STORED) as archived:
        archived.writestr(_info(words.name, at), words.text)
        for file in files:
            info = _info(file.name, at)
            info.file_size = file.path.stat().st_size
            with file.path.open("rb") as source, archived.open(info, "w") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield out.take()
    yield out.take()


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.external_attr = 0o644 << 16
    return info


def length(files: list[Member], words: Words) -> int:
    """Bytes of the whole: per file a local header (30), a descriptor (16), a directory entry (46), its name twice."""
    sizes = [(words.name, len(words.text)), *[(file.name, file.path.stat().st_size) for file in files]]
    return 22 + sum(30 + 16 + 46 + 2 * len(name.encode()) + size for name, size in sizes)
