"""Serves pictures: ETag, Range (RFC 9110, section 14), nosniff, random names."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from loa.media import store

NAME = re.compile(r"[a-z0-9]{20,40}\.webp")
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.ASCII)  # what is written otherwise may be answered whole


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file, whole or a range of it; `?download` asks the browser to keep it."""
    if not NAME.fullmatch(name) or not (path := store.folder() / name).is_file():
        raise Http404
    etag = f'"{name}"'  # A name is never used for other bytes.
    headers = {"ETag": etag, "Cache-Control": "public, max-age=31536000, immutable", "Accept-Ranges": "bytes"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    size = path.stat().st_size
    if asked:
        first, last = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
        if first > last:
            return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        with path.open("rb") as file:
            file.seek(first)
            part = file.read(last - first + 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return HttpResponse(part, status=206, content_type="image/webp", headers=headers)
    is_download = "download" in request.GET
    return FileResponse(
        path.open("rb"), as_attachment=is_download, filename=name, content_type="image/webp", headers=headers
    )
