"""Reads of files."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from loa.lib import vietnamese
from loa.media import store
from loa.media.models import Attachment, Picture, Quota, Rendition, State, Use, Video

# Where a text (markup, JSON) names a file of ours: by its address, or as the file of a video at a provider's.
ADDRESS = re.compile(r'(?:/media/|"file": ?")([a-z2-7]{26})(?=[.\-"])')
OWN = re.compile(r"/media/([a-z0-9]{26})(?:-\d{1,4})?\.[a-z0-9]{3,4}", re.ASCII)
Kind = type[Picture] | type[Video] | type[Attachment]
Row = TypeVar("Row", Picture, Video, Attachment)
KINDS: tuple[Kind, ...] = (Picture, Video, Attachment)


def get_for_owner(owner_key: str, public_id: str) -> Picture | None:
    """A picture of this owner's, or None for “is not” and “not yours” alike."""
    return Picture.objects.filter(owner_key=owner_key, public_id=public_id).first()


def video_for_owner(owner_key: str, public_id: str) -> Video | None:
    """A video of this owner's, or None."""
    return Video.objects.select_related("poster").filter(owner_key=owner_key, public_id=public_id).first()


def attachment_for_owner(owner_key: str, public_id: str) -> Attachment | None:
    """An attachment of this owner's, or None."""
    return Attachment.objects.filter(owner_key=owner_key, public_id=public_id).first()


def pictures_named(owner_key: str, ids: Iterable[str]) -> dict[str, Picture]:
    """Those of these pictures that are this owner's, by their public id."""
    return _named(Picture.objects.filter(owner_key=owner_key), ids)


def videos_named(owner_key: str, ids: Iterable[str]) -> dict[str, Video]:
    """Those of these videos that are this owner's, by their public id."""
    return _named(Video.objects.filter(owner_key=owner_key).select_related("poster"), ids)


def attachments_named(owner_key: str, ids: Iterable[str]) -> dict[str, Attachment]:
    """Those of these attachments that are this owner's, by their public id."""
    return _named(Attachment.objects.filter(owner_key=owner_key), ids)


def _named(rows: QuerySet[Row], ids: Iterable[str]) -> dict[str, Row]:
    wanted = list(ids)
    return {file.public_id: file for file in rows.filter(public_id__in=wanted)} if wanted else {}


def known(owner_key: str, digest: str) -> Picture | Video | Attachment | None:
    """The file an owner has already with these bytes."""
    found = (kind.objects.filter(owner_key=owner_key, digest=digest).first() for kind in KINDS)
    return next((file for file in found if file is not None), None)


def pictures_of(owner_key: str, words: str = "") -> QuerySet[Picture]:
    """An owner's pictures, the newest first; those about which all the words are said."""
    return _with_words(Picture.objects.filter(owner_key=owner_key), words)


def videos_of(owner_key: str, words: str = "") -> QuerySet[Video]:
    """An owner's videos, the newest first."""
    return _with_words(Video.objects.filter(owner_key=owner_key).select_related("poster"), words)


def attachments_of(owner_key: str, words: str = "") -> QuerySet[Attachment]:
    """An owner's attachments, the newest first."""
    return _with_words(Attachment.objects.filter(owner_key=owner_key), words)


def _with_words(rows: QuerySet[Row], words: str) -> QuerySet[Row]:
    for word in vietnamese.fold(words).split():
        rows = rows.filter(words__contains=word)
    return rows.order_by("-taken_in_at", "-pk")


def unused(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those of these files that can be thrown away, since nobody uses them; what takes most stands first."""
    found = rows.exclude(Exists(Use.objects.filter(file=OuterRef("public_id"))))
    if rows.model is Picture:
        found = found.exclude(Exists(Video.objects.filter(poster=OuterRef("pk"))))
    return found.order_by((F("size") + F("beside")).desc(), "-pk")


def folded(*texts: str) -> str:
    """Words as they are searched."""
    return vietnamese.fold(" ".join(filter(None, texts)))


@dataclass(frozen=True)
class Storage:
    """What an owner's files take, in bytes, with everything made of them; `most` is None where there is no end."""

    used: int
    most: int | None

    @property
    def per_cent(self) -> int:
        """How full it is, rounded down; over a hundred where less is allowed than there is."""
        return self.used * 100 // self.most if self.most else 0


def storage_of(owner_key: str) -> Storage:
    """Counted from the rows; the folder is not looked at."""
    taken = (
        kind.objects.filter(owner_key=owner_key).aggregate(bytes=Sum(F("size") + F("beside")))["bytes"]
        for kind in KINDS
    )
    own = own_quota(owner_key)
    most = settings.LOA_LIBRARY_QUOTA if own is None else own
    return Storage(sum(one or 0 for one in taken), most or None)


def own_quota(owner_key: str) -> int | None:
    """What was set for this owner alone, in bytes; None where what holds for all holds."""
    return Quota.objects.filter(owner_key=owner_key).values_list("most", flat=True).first()


def files_in(texts: Iterable[str]) -> set[str]:
    """The public ids of the files whose addresses stand in these texts (addresses, markup, JSON)."""
    # Few texts show one, and to see that takes a hundredth of the time.
    return {found for text in texts if "/media/" in text or '"file":' in text for found in ADDRESS.findall(text)}


def owned(owner_key: str, files: Iterable[str]) -> set[str]:
    """Those of these files that are this owner's."""
    wanted = list(files)
    return {
        public_id
        for kind in KINDS
        for public_id in kind.objects.filter(owner_key=owner_key, public_id__in=wanted).values_list(
            "public_id", flat=True
        )
    }


def file_of(public_id: str) -> Picture | Video | Attachment | None:
    """A file, whosever it is: for the door, which asks who may read it."""
    found = (kind.objects.filter(public_id=public_id).first() for kind in KINDS)
    return next((file for file in found if file is not None), None)


def is_public(public_id: str) -> bool:
    """Whether everyone may read a file."""
    return Use.objects.filter(file=public_id, is_public=True).exists()


def public_path(address: str) -> Path | None:
    """The bytes behind the address of a file everyone may read: for what is made of files, an archive, a PDF.

    A text may name any address; a file that its owner has not let out is not there for it.
    """
    found = OWN.fullmatch(address)
    path = store.folder() / address.removeprefix("/media/")
    return path if found and is_public(found[1]) and path.is_file() else None


def uses_of(files: Iterable[str]) -> QuerySet[Use]:
    """Where files are used."""
    return Use.objects.filter(file__in=list(files)).order_by("pk")


def nearest(picture: Picture, width: int, form: str) -> str:
    """The file to show while a rendition is not made: the nearest there is, wider ones and its own form first."""
    there = [row for row in picture.renditions.all() if (store.folder() / row.file_name).is_file()]
    near = min(
        there, key=lambda row: (row.width < width, abs(row.width - width), row.format != form, row.format), default=None
    )
    return near.file_name if near else picture.file_name


def due(now: datetime) -> QuerySet[Rendition]:
    """Renditions to be made, those of the newest pictures first; a lease that ran out is taken up again."""
    ready = Q(state=State.PENDING, not_before__lte=now) | Q(state=State.LEASED, lease_until__lte=now)
    return Rendition.objects.filter(ready).order_by("-picture_id", "-width", "format")
