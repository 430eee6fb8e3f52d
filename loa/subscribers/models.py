"""Readers who asked for mail, what each of them wants, and the words they agreed to."""

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
    email = models.CharField(max_length=254)  # lower case, the domain in ASCII
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    language = models.CharField(max_length=8, default="vi")  # of its pages, and of mails about the address itself
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)  # no news before then

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "email"], name="subscriber_once")]
        indexes = [models.Index(fields=["portal", "state", "asked_at"], name="subscriber_state")]

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """One wish of a subscriber, confirmed by a button; `key` says what for (`loa.subscribers.rules`)."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    key = models.CharField(max_length=48)
    frequency = models.CharField(max_length=8, choices=Frequency.choices, default=Frequency.DAILY)
    language = models.CharField(max_length=8, default="vi")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "key"], name="subscription_once")]
        indexes = [
            models.Index(fields=["key", "subscriber"], name="subscription_of_list"),
            models.Index(fields=["frequency", "subscriber"], name="subscription_due"),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.key}"


class FollowedSearch(models.Model):
    """A search that somebody follows, whoever it is; keys of wishes end in its digest."""

    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=32)
    address = models.TextField()  # what stands behind the "?" of the page of results (`rules.searches`)
    asked_at = models.DateTimeField()  # or left: the words are kept for as long as either can be taken back

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "digest"], name="followed_search_once")]

    def __str__(self) -> str:
        return self.address


class Consent(models.Model):
    """What a subscriber agreed to or took back, in the words that were shown; never changed."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="consents")
    key = models.CharField(max_length=48, blank=True)  # of the wish; empty: the address as a whole
    frequency = models.CharField(max_length=8, blank=True)
    text = models.TextField()
    text_version = models.CharField(max_length=16)
    method = models.CharField(max_length=32)  # sign_up, confirm, preferences, undo, leave, admit, brought_in, …
    at = models.DateTimeField()
    proof = models.ForeignKey("Bringing", models.PROTECT, null=True, related_name="+")  # of one given elsewhere

    def __str__(self) -> str:
        return f"{self.method} {self.at:%Y-%m-%d}"


class Advertised(models.Model):
    """One advertising mail to one address, by a keyed hash of the address; kept for a day and a little."""

    digest = models.CharField(max_length=64)
    mailing = models.CharField(max_length=100)  # what was sent: the same mail is counted once
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "mailing"], name="advertised_once")]

    def __str__(self) -> str:
        return f"{self.mailing} {self.at:%Y-%m-%d %H:%M}"


class BarredDomain(models.Model):
    """A mail domain whose addresses are thrown away after use; those below it are meant too. The operator's to edit."""

    domain = models.CharField(max_length=253, unique=True)  # lower case, ASCII

    def __str__(self) -> str:
        return self.domain


class Forgotten(models.Model):
    """An erased address, by a keyed hash: it is not imported or written to again unless its owner signs up anew."""

    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "digest"], name="forgotten_once")]

    def __str__(self) -> str:
        return self.digest


class Bringing(models.Model):
    """Addresses brought in from elsewhere with the proof of their consent; the worker takes them in page by page."""

    class State(models.TextChoices):
        """How far it is."""

        CHOOSING = "choosing"  # its columns and lists are being chosen
        RUNNING = "running"
        DONE = "done"

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHOOSING)
    source = models.CharField(max_length=200)  # where the readers signed up
    proof = models.TextField()  # the words they agreed to, or what shows that they did
    consented_on = models.DateField()
    proof_name = models.CharField(max_length=200, blank=True)
    proof_file = models.BinaryField(blank=True, default=b"")
    table = models.TextField(blank=True)  # the file as it came; emptied when it has been read
    choices = models.JSONField(default=dict)  # {email, language: columns from 0, has_head, list, frequency, asks}
    by = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reached = models.PositiveIntegerField(default=0)  # lines that are settled
    lines = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)  # who get a mail that asks them first
    known = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)  # [line, reason]; the address itself is not kept

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="bringing_state")]

    def __str__(self) -> str:
        return self.source


class Journalist(models.Model):
    """Somebody who asked for a place on the press list; the address is proven before an operator looks."""

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked"  # the button in the mail has not been pressed
        WAITING = "waiting"
        ADMITTED = "admitted"
        REFUSED = "refused"
        REMOVED = "removed"

    subscriber = models.OneToOneField(Subscriber, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    name = models.CharField(max_length=120)
    outlet = models.CharField(max_length=160)
    proof = models.TextField()  # number of the press card, page of the author, who can be asked
    topics = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, default="vi")
    note = models.TextField(blank=True)  # what was told when it was decided
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="journalist_state")]

    def __str__(self) -> str:
        return f"{self.name}, {self.outlet}"
