"""Pictures with their renditions, videos, attachments, and who uses them; the bytes lie in the media folder."""

from typing import Any

from django.db import models

from loa.lib.tokens import random_id
from loa.media.marks import Said

WIDTHS = (320, 640, 960, 1440, 1920)
FORMATS = ("avif", "webp", "jpg")  # the lightest first


class File(models.Model):
    """What every file has. The owner is an opaque key; callers guard it."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    owner_key = models.CharField(max_length=80, db_index=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes that came in
    format = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()  # bytes of the file as kept
    beside = models.PositiveBigIntegerField(default=0)  # bytes of what was made of it: renditions, captions
    name = models.CharField(max_length=120, blank=True)  # what the sender called it
    words = models.TextField(blank=True)  # everything said about it, folded, to be searched
    taken_in_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """Where it is served."""
        return f"/media/{self.file_name}"

    @property
    def file_name(self) -> str:
        """The name of its file and the last part of its address."""
        return f"{self.public_id}.{self.format}"

    @property
    def total(self) -> int:
        """Bytes of the file and of everything made of it."""
        return self.size + self.beside

    @property
    def label(self) -> str:
        """What its people know it by."""
        named = getattr(self, "title", "") or getattr(self, "alt", "")
        return str(named or self.name or self.public_id)


class Picture(File):
    """An uploaded picture, re-encoded from its pixels, with all of them."""

    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300, blank=True)
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    creator = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=300, blank=True)  # an address, or the terms in words
    digital_source_type = models.CharField(max_length=120, blank=True)
    focal_x = models.PositiveSmallIntegerField(default=50)  # what must stay in sight when cropped, in per cent
    focal_y = models.PositiveSmallIntegerField(default=50)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_key", "digest"], name="picture_once")]

    @property
    def said(self) -> Said:
        """What is said about it, as its files carry it."""
        return Said(
            creator=self.creator, credit=self.credit, caption=self.caption, alt=self.alt, licence=self.licence,
            digital_source_type=self.digital_source_type,
        )  # fmt: skip

    @property
    def is_ai(self) -> bool:
        """Whether a model drew it, or a part of it."""
        return self.said.is_ai

    @property
    def widths(self) -> list[int]:
        """How wide its renditions are."""
        return widths_of(self.width)

    def tall_at(self, width: int) -> int:
        """How tall a rendition of this width is."""
        return max(1, round(width * self.height / self.width))

    def shown(self) -> dict[str, Any]:
        """The picture as a release keeps it."""
        words = {name: text for name, text in self.said.plain().items() if text or name in ("alt", "caption", "credit")}
        return {
            "url": self.get_absolute_url(), "width": self.width, "height": self.height, "bytes": self.size,
            **words, **({"is_ai": True} if self.is_ai else {}),
            **({"focal": [self.focal_x, self.focal_y]} if (self.focal_x, self.focal_y) != (50, 50) else {}),
        }  # fmt: skip


def widths_of(width: int) -> list[int]:
    """The widths a picture is offered in: five at most, and none wider than itself."""
    return [*(one for one in WIDTHS[:-1] if one < width), *([min(width, WIDTHS[-1])] if width else [])]


class State(models.TextChoices):
    """Where a rendition stands."""

    PENDING = "pending"
    LEASED = "leased"
    MADE = "made"
    FAILED = "failed"


class Rendition(models.Model):
    """One width and format of a picture; made by the worker, and anew when what is said in it changes."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    format = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField(default=0)  # bytes; a guess until it is made
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "width", "format"], name="rendition_once")]
        indexes = [models.Index(fields=["state", "not_before"], name="rendition_due")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """The name of its file and the last part of its address."""
        return f"{self.picture.public_id}-{self.width}.{self.format}"


def guess(width: int, height: int) -> int:
    """Bytes to keep free for one rendition: a third of a byte a pixel, which photographs rarely need."""
    return width * height // 3


class Provider(models.TextChoices):
    """Whose player shows a video that is not ours to serve."""

    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"


class Video(File):
    """A film: a file of ours, or the address of one at a provider."""

    provider = models.CharField(max_length=8, choices=Provider.choices, blank=True)
    provider_id = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    poster = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    captions = models.CharField(max_length=40, blank=True)  # the name of a WebVTT file
    captions_language = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_key", "digest"], name="video_once")]

    def shown(self) -> dict[str, Any]:
        """The video as a release keeps it."""
        file = {"url": self.get_absolute_url(), "bytes": self.size, "format": self.format, "seconds": self.seconds}
        elsewhere = {"provider": self.provider, "id": self.provider_id}
        captions = {"captions": f"/media/{self.captions}", "captions_language": self.captions_language}
        return {
            "file": self.public_id, "title": self.title, "credit": self.credit, "width": self.width,
            "height": self.height, **(elsewhere if self.provider else file),
            **({"poster": self.poster.shown()} if self.poster else {}), **(captions if self.captions else {}),
        }  # fmt: skip


class Attachment(File):
    """A document to be kept by its reader; it is never shown within a page."""

    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_key", "digest"], name="attachment_once")]

    def shown(self) -> dict[str, Any]:
        """The attachment as a release keeps it."""
        return {
            "file": self.public_id, "url": self.get_absolute_url(), "title": self.title, "name": self.name,
            "bytes": self.size, "format": self.format,
        }  # fmt: skip


class Use(models.Model):
    """Who uses a file: `entry:<id>`, `release:<id>`, `organization:<id>`, `portal:<id>`.

    While one public use stands, everyone may read the file; otherwise its owner's people only.
    """

    file = models.CharField(max_length=40)  # the public id of a picture, a video or an attachment
    key = models.CharField(max_length=120, db_index=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="use_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.file}"


class Quota(models.Model):
    """How much the files of one owner may take; its row is also what two files that come in at once wait for."""

    owner_key = models.CharField(max_length=80, unique=True)
    most = models.PositiveBigIntegerField(null=True)  # bytes; 0: no end, none: what holds for all (LOA_LIBRARY_QUOTA)

    def __str__(self) -> str:
        return f"{self.owner_key} {self.most}"
