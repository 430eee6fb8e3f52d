"""One file that was sent: what it is, whether it is kept, and the sentence that says so."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from loa.lib import tokens
from loa.media import queries
from loa.media.actions.attach import LARGEST, attach
from loa.media.actions.take_in import take_in
from loa.media.actions.take_in_video import take_in_video
from loa.media.decode import MOST_BYTES
from loa.media.errors import NotADocument, NotAFilm, NotAPicture, StorageFull
from loa.media.models import Attachment, Picture, Video
from loa.media.rules import why_full

# How files begin: of Matroska, Windows Media, MPEG, Flash and Ogg, and the second word of QuickTime's.
FILMS = (b"\x1a\x45\xdf\xa3", b"\x30\x26\xb2\x75", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"FLV", b"OggS")
QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of a file."""

    name: str
    sentence: str
    file: Picture | Video | Attachment | None = None
    kind: str = ""


def refused(name: str, sentence: str) -> Received:
    """A file that is not kept, and why."""
    return Received(name=name, sentence=f"{name}: {sentence}" if name else sentence)


def receive(upload: Any, *, owner_key: str) -> Received:
    """Keeps one upload as what its own bytes say it is; its name and the browser's word about it count for nothing."""
    try:
        return _receive(upload, owner_key)
    except StorageFull as fact:
        return refused(upload.name, why_full(fact))


def _receive(upload: Any, owner_key: str) -> Received:
    head = upload.read(16)
    upload.seek(0)
    if head.startswith(b"%PDF-"):
        return _document(upload, owner_key)
    # An AVIF picture begins as an MP4 video does, save for its brand.
    is_film = head[4:8] == b"ftyp" and head[8:12] not in (b"avif", b"avis", b"mif1", b"heic", b"heix")
    if is_film or head.startswith(FILMS) or head[4:8] in QUICKTIME or head[8:12] == b"AVI ":
        return _film(upload, owner_key)
    if not head:
        return refused(upload.name, _("Tệp này trống. Hãy chọn lại."))
    return _picture(
        upload, owner_key, looks_so=head.startswith(PICTURES) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp"
    )


def _picture(upload: Any, owner_key: str, *, looks_so: bool) -> Received:
    name = upload.name
    taken = _("Tệp này không phải ảnh đọc được. Thư viện nhận ảnh JPEG, PNG, WebP, AVIF, GIF, video MP4, WebM và PDF.")
    if upload.size > MOST_BYTES:
        return refused(name, _("Ảnh lớn quá 20 MB.") if looks_so else taken)
    data = upload.read()
    if (known := queries.known(owner_key, tokens.digest(data))) is not None:
        return Received(name=name, file=known, kind="picture", sentence=_("%s: ảnh này đã có trong thư viện.") % name)
    try:
        picture = take_in(data, owner_key=owner_key, name=name)
    except NotAPicture as error:
        if error.is_too_large:
            return refused(name, _("Ảnh có quá nhiều điểm ảnh (tới 50 triệu). Hãy thu nhỏ rồi gửi lại."))
        return refused(name, taken)
    return Received(name=name, file=picture, kind="picture", sentence=_("%s: đã nhận.") % name)


def _film(upload: Any, owner_key: str) -> Received:
    name, most = upload.name, settings.LOA_LARGEST_VIDEO
    if upload.size > most:
        return refused(name, _("Video lớn quá %d MB.") % (most // 1_000_000))
    try:
        video = take_in_video(Path(upload.temporary_file_path()), owner_key=owner_key, name=name)
    except NotAFilm as error:
        if error.is_broken:
            return refused(name, _("Video này thiếu phần cuối hoặc đã hỏng. Hãy gửi lại tệp đầy đủ."))
        return refused(name, _("Video này không mở được. Hãy gửi MP4 hay WebM."))
    return Received(name=name, file=video, kind="video", sentence=_("%s: đã nhận.") % name)


def _document(upload: Any, owner_key: str) -> Received:
    name = upload.name
    if upload.size > LARGEST:
        return refused(name, _("Tài liệu lớn quá 20 MB."))
    try:
        document = attach(upload.read(), owner_key=owner_key, name=name)
    except NotADocument:
        return refused(name, _("Tệp PDF này không đầy đủ."))
    return Received(name=name, file=document, kind="attachment", sentence=_("%s: đã nhận.") % name)
