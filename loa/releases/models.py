"""The work in hand; private until published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.lib.tokens import random_id
from loa.releases.states import State


class Kind(models.TextChoices):
    """What a release tells."""

    NEWS = "news", _("Tin")
    EVENT = "event", _("Sự kiện")
    PRODUCT = "product", _("Sản phẩm")
    APPOINTMENT = "appointment", _("Bổ nhiệm")
    RESULTS = "results", _("Kết quả kinh doanh")
    REPORT = "report", _("Báo cáo")
    STATEMENT = "statement", _("Tuyên bố")
    SOURCED = "sourced", _("Tin dẫn nguồn")


class Release(models.Model):
    """A release as its organization writes it."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.NEWS)
    language = models.CharField(max_length=8, default="vi")
    headline = models.CharField(max_length=300, blank=True)
    subtitle = models.CharField(max_length=300, blank=True)
    lead = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    section = models.ForeignKey("topics.Section", models.PROTECT, null=True, blank=True, related_name="+")
    topics = models.ManyToManyField("topics.Topic", blank=True, related_name="+")
    place = models.ForeignKey("places.Place", models.SET_NULL, null=True, blank=True, related_name="+")
    dateline = models.CharField(max_length=160, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    picture_credit = models.CharField(max_length=200, blank=True)
    contact = models.TextField(blank=True)
    pictures = models.JSONField(default=list, blank=True)  # {url, width, height, bytes, alt, caption, credit}
    sent_back_reason = models.TextField(blank=True)  # the last one; its moderator reads it beside the new text
    entry = models.ForeignKey("archive.Entry", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "submitted_at"], name="release_queue")]

    def __str__(self) -> str:
        return self.public_id
