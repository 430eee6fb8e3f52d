"""What waits for a person and why, what was decided, and what readers report."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.lib import clock
from loa.lib.tokens import random_id


def in_a_day() -> datetime:
    """By when a report made now is decided, where its portal says nothing else (Decree 147/2024)."""
    return clock.now() + timedelta(hours=24)


class Case(models.Model):
    """What a release weighed when it was last submitted, and who looks at it."""

    release = models.OneToOneField("releases.Release", models.CASCADE, related_name="case")
    weighed_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(db_index=True)
    signs = models.JSONField(default=list)  # as `rules.risk.Weight` has them
    names = models.CharField(max_length=200, blank=True)  # of the signs, each between commas: ",new,price,"
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.release_id}: {self.score}"


class Decision(models.Model):
    """What a moderator said to a release, and how long it had waited; only ever added."""

    class Answer(models.TextChoices):
        """What was said."""

        APPROVED = "approved", pgettext_lazy("đã làm", "Cho đăng")
        SENT_BACK = "sent_back", pgettext_lazy("đã làm", "Gửi lại")

    release = models.ForeignKey("releases.Release", models.CASCADE, related_name="decisions")
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer.choices)
    score = models.PositiveSmallIntegerField(null=True)
    minutes = models.FloatField(null=True)  # since it was submitted; none where it was stopped on its way out
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["portal", "-decided_at"], name="decision_lately")]

    def __str__(self) -> str:
        return f"{self.answer} {self.release_id}"


class Passage(models.Model):
    """Words a moderator marked in a release that went back, and why; a new marking takes the place of the old."""

    release = models.ForeignKey("releases.Release", models.CASCADE, related_name="passages")
    words = models.CharField(max_length=500)
    before = models.CharField(max_length=120, blank=True)  # what stands around them, to find them by
    after = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:40]


class Report(models.Model):
    """Somebody's word that something is wrong with an entry, or that they are named in it and want to be heard."""

    class Kind(models.TextChoices):
        """What is asked."""

        ERROR = "error", _("Báo điều chưa đúng")
        CORRECTION = "correction", _("Người được nêu tên xin đính chính")
        REPLY = "reply", _("Người được nêu tên xin phản hồi công khai")

    class Outcome(models.TextChoices):
        """What somebody who is named was told."""

        GRANTED = "granted", pgettext_lazy("đã làm", "Đồng ý")
        REFUSED = "refused", pgettext_lazy("đã làm", "Không đồng ý")

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ERROR)
    name = models.CharField(max_length=160, blank=True)  # of whoever is named in the entry
    reason = models.TextField()  # of a reply, its text
    email = models.EmailField(blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=in_a_day)  # by then somebody has decided
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)  # of those of the named
    answer = models.CharField(max_length=1000, blank=True)  # why, as they were told

    def __str__(self) -> str:
        return self.public_id
