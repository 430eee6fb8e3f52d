"""Readers who asked for mail, whom they follow, and the words they agreed to."""

from django.db import models

from loa.lib.tokens import random_id


class State(models.TextChoices):
    """Whether mail may be sent."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    LEFT = "left"


class Frequency(models.TextChoices):
    """How often a reader wants to hear."""

    DAILY = "daily"
    WEEKLY = "weekly"
    AT_ONCE = "at_once"


class Subscriber(models.Model):
    """One address at one portal."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    email = models.CharField(max_length=254)  # lower case
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    language = models.CharField(max_length=8, default="vi")
    frequency = models.CharField(max_length=8, choices=Frequency.choices, default=Frequency.DAILY)
    is_general = models.BooleanField(default=True)  # wants the portal's news, not only what they follow
    sections = models.JSONField(default=list)  # slugs; empty: all of them
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "email"], name="subscriber_once")]
        indexes = [models.Index(fields=["portal", "state", "frequency"], name="subscriber_due")]

    def __str__(self) -> str:
        return self.email


class Following(models.Model):
    """An organization whose news a subscriber wants, whatever its section; made by pressing a button in their mail."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="followings")
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "organization"], name="following_once")]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.organization_id}"


class Consent(models.Model):
    """What a subscriber agreed to or took back, in the words that were shown; never changed."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="consents")
    text = models.TextField()
    text_version = models.CharField(max_length=16)
    method = models.CharField(max_length=32)  # sign_up, confirm, preferences, leave, ask_to_follow, follow
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.method} {self.at:%Y-%m-%d}"
