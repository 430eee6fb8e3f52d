"""Serves files: who may read them, ETag, Range and If-Range (RFC 9110, sections 13 and 14), nosniff, random names.

Everyone may read a file while something public shows it; that answer is the same for all and never looks at a session.
Any other file is its owner's people's: `may_read`, handed in by the project, says who they are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from loa.lib import slugs
from loa.media import queries, store
from loa.media.models import WIDTHS, Picture

MayRead = Callable[[HttpRequest, str, str], bool]  # request, owner, file
NAME = re.compile(r"([a-z2-7]{26})(?:-([1-9]\d{0,3}))?\.(avif|webp|jpg|mp4|webm|vtt|pdf)", re.ASCII)
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)  # what is written otherwise may be answered whole
TYPES = {
    "avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "mp4": "video/mp4", "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8", "pdf": "application/pdf", "zip": "application/zip",
}  # fmt: skip
KEPT = ("pdf",)  # what a browser is told to keep as a file, never to show in a page of ours
PIECE = 65_536


@dataclass(frozen=True)
class Found:
    """A file to be sent, and how long anyone may keep it."""

    path: Path
    keeping: str


@require_safe
def serve(request: HttpRequest, name: str, may_read: MayRead) -> HttpResponseBase:
    """One file, whole or a range of it; `?download` asks the browser to keep it."""
    parts = NAME.fullmatch(name)
    is_public = parts is not None and queries.is_public(parts[1])
    if not is_public:
        file = queries.file_of(parts[1]) if parts else None
        # Asked for a file that is not there too: the two answers may not differ by a header.
        if not may_read(request, file.owner_key if file else "", file.public_id if file else "") or file is None:
            raise Http404
    if parts is None or (found := _found(*parts.groups(), is_public=is_public)) is None:
        raise Http404
    headers = {
        "Cache-Control": found.keeping,
        "Cross-Origin-Resource-Policy": "cross-origin" if is_public else "same-origin",
    }
    if "download" in request.GET or parts[3] in KEPT:
        headers["Content-Disposition"] = content_disposition_header(True, _readable(parts[1], found.path)) or ""
    return send(request, found.path, headers)


def _found(public_id: str, width: str | None, form: str, *, is_public: bool) -> Found | None:
    """The file asked for, or for a rendition that is not made yet the nearest there is, to be asked for again soon."""
    path = store.folder() / (f"{public_id}-{width}.{form}" if width else f"{public_id}.{form}")
    is_there = path.is_file()
    if not is_there and width:
        picture = Picture.objects.prefetch_related("renditions").filter(public_id=public_id).first()
        if picture is None or int(width) not in (*picture.widths, *WIDTHS):
            return None
        # A narrow picture is as wide as it is: whoever asks for more (they cannot know) has the widest for good.
        own = min(int(width), picture.width)
        path = store.folder() / f"{public_id}-{own}.{form}"
        is_there = path.is_file()
        path = path if is_there else store.folder() / queries.nearest(picture, own, form)
    if not path.is_file():
        return None
    if not is_public:
        return Found(path, "private, no-store")
    return Found(path, "public, max-age=3600" if is_there else "public, max-age=30")


def _readable(public_id: str, path: Path) -> str:
    file = queries.file_of(public_id)
    words = Path(file.label).stem if file else ""
    return f"{slugs.slugify(words, otherwise=public_id)[:60].strip('-')}{path.suffix}"


def send(request: HttpRequest, path: Path, headers: dict[str, str]) -> HttpResponseBase:
    """A file in pieces, or the range of it that is asked for, with what a browser needs to go on where it broke off."""
    headers |= {"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff"}
    about = path.stat()
    size, etag = about.st_size, f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    headers["ETag"] = etag
    known = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if etag in known or "*" in known:
        return HttpResponse(status=304, headers=headers)
    first, last, status = 0, size - 1, 200
    if (asked := _range(request, etag, size)) is not None:
        first, last = asked
        if first > last:
            return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        status = 206
    headers |= {"Content-Type": TYPES[path.suffix[1:]], "Content-Length": str(last - first + 1)}
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(_pieces(path, first, last), status=status, headers=headers)


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """The first and last byte asked for; None where the whole file is."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not (asked[1] or asked[2]) or request.headers.get("If-Range", etag) != etag:
        return None
    if not asked[1]:  # so many of its last bytes
        wanted = int(asked[2])
        return (max(0, size - wanted), size - 1) if wanted else (size, size - 1)
    if asked[2] and int(asked[2]) < int(asked[1]):
        return None
    return int(asked[1]), min(int(asked[2] or size - 1), size - 1)


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
