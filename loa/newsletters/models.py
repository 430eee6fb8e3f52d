"""Issues that editors make, who signs them, and what each subscriber has been sent by itself."""

from django.db import models

from loa.lib.tokens import random_id
from loa.subscribers.rules import PRESS


class State(models.TextChoices):
    """Where an issue stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # until its time it can be taken back
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"


class Issue(models.Model):
    """One newsletter made by hand, in one language; `number` runs without gaps per portal and language.

    The number is given when sending begins, so that a draft thrown away leaves no gap. What goes to the press list has
    none, and stands in no archive. `revision` counts what editors
    saved. `round` counts its mailings: a withdrawal stops one, and the next goes to whoever has not had it.
    """

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    list_key = models.CharField(max_length=16, default="general")  # whose readers get it: `general` or `press`
    number = models.PositiveIntegerField(null=True)
    subject = models.CharField(max_length=200, blank=True)
    preheader = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True)  # the editor's word above the entries; blank lines part paragraphs
    is_advertising = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200, blank=True)
    scheduled_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)  # when sending began; the day it bears
    finished_at = models.DateTimeField(null=True)
    round = models.PositiveIntegerField(default=0)
    reached_id = models.PositiveBigIntegerField(default=0)  # the last subscriber this round was addressed to
    is_sealed = models.BooleanField(default=False)  # this round was addressed to everybody
    is_paused = models.BooleanField(default=False)  # by an editor
    figures = models.JSONField(default=dict)  # the report, once it is final

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal", "language", "number"], name="issue_number_once"),
        ]
        indexes = [
            models.Index(fields=["state", "scheduled_at"], name="issue_due"),
            models.Index(fields=["portal", "-begun_at"], name="issue_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.number or self.public_id}"

    @property
    def is_for_press(self) -> bool:
        """Whether it goes to the journalists of the press list alone."""
        return self.list_key == PRESS

    @property
    def mailing_key(self) -> str:
        """The key of the mailing of this round."""
        return self.mailing_keys[-1] if self.round else ""

    @property
    def mailing_keys(self) -> list[str]:
        """The keys of its mailings, the first round's first."""
        return [f"newsletters:issue:{self.pk}:{number}" for number in range(1, self.round + 1)]


class IssueItem(models.Model):
    """An entry in an issue: where it stands, and what the editor says in place of its lead."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=80, blank=True)  # a heading that begins here
    line = models.TextField(blank=True)
    has_picture = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "entry"], name="entry_once_an_issue")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.entry_id}"


class Imprint(models.Model):
    """Who signs a portal's newsletters: what readers are owed under every mail (Decree 91/2020, article 14)."""

    portal = models.OneToOneField("portals.Portal", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)  # answers go there

    def __str__(self) -> str:
        return self.name


class Digest(models.Model):
    """One newsletter to one subscriber for one period (`d2026-11-24`, `w2026-48`, `n123` at once)."""

    subscriber = models.ForeignKey("subscribers.Subscriber", models.CASCADE, related_name="+")
    period_key = models.CharField(max_length=32)
    at = models.DateTimeField(db_index=True)
    round = models.PositiveIntegerField(default=0)  # how often it was built again before it left

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "period_key"], name="digest_once")]

    def __str__(self) -> str:
        return self.period_key

    @property
    def mail_key(self) -> str:
        """The key of its mail; each round has its own."""
        return f"newsletters:{self.pk}:{self.round}" if self.round else f"newsletters:{self.pk}"


class DigestItem(models.Model):
    """An entry a subscriber has been sent; none goes to the same person twice."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="items")
    subscriber = models.ForeignKey("subscribers.Subscriber", models.CASCADE, related_name="+")
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "entry"], name="entry_once_a_subscriber")]

    def __str__(self) -> str:
        return f"{self.digest_id} {self.entry_id}"
