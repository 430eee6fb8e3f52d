"""Outgoing mail: a row a recipient, whether a mail is written to one address or one text goes to many."""

from django.db import models

from loa.lib.tokens import random_id


class Lane(models.TextChoices):
    """Who goes first. The names stand in the order of the alphabet, so that the database sorts by them."""

    ACCOUNT = "account"  # passwords, confirmations, what a person waits for
    AT_ONCE = "at_once"  # news somebody asked to have within seconds
    NEWS = "news"  # newsletters


class State(models.TextChoices):
    """Where one recipient's mail stands."""

    PENDING = "pending"
    LEASED = "leased"  # in a sender's hands, which has not begun
    SENDING = "sending"  # checked for the last time; may be on its way at this moment
    SENT = "sent"
    DEFERRED = "deferred"  # refused for now; waits until `not_before`
    BOUNCED = "bounced"  # the recipient was refused for good
    SUPPRESSED = "suppressed"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"  # a sender or connection died between the text and the answer
    CANCELLED = "cancelled"


WAITING = (State.PENDING, State.DEFERRED)
UNSENT = (State.PENDING, State.DEFERRED, State.LEASED)
IN_HAND = (State.LEASED, State.SENDING)
UNSETTLED = (*UNSENT, State.SENDING)


class Outgoing(models.Model):
    """What a mail to one and a copy of a mailing have in common; only the sender writes the lower half."""

    to = models.CharField(max_length=320)
    domain = models.CharField(max_length=255, blank=True)
    cancel_key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    not_before = models.DateTimeField()
    is_called_back = models.BooleanField(default=False)  # while it was in hand: if that fails, it is not tried again
    owner = models.CharField(max_length=32, blank=True)  # the sender's journal
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    is_left = models.BooleanField(default=False)  # in doubt, and a person decided to let it be
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True


class Message(Outgoing):
    """One mail to one address; `key` makes queueing twice harmless, `cancel_key` calls back what has not left."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    key = models.CharField(max_length=200, unique=True)
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.NEWS)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    queued_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "lane", "not_before"], name="message_due"),
            models.Index(fields=["cancel_key"], name="message_cancel_key"),
            models.Index(fields=["owner"], name="message_in_hand", condition=models.Q(state__in=IN_HAND)),
        ]

    def __str__(self) -> str:
        return self.key


class MessageAbout(models.Model):
    """One thing a message names (`entry:<id>`), for mails about many; calling it back stops what has not left.

    `called_back_at` stands until whoever made the mail has built it again without that thing; then the row goes.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="about")
    key = models.CharField(max_length=100, db_index=True)
    called_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "key"], name="message_about_once")]
        indexes = [
            models.Index(
                fields=["called_back_at"], name="message_called_back", condition=models.Q(called_back_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.key}"


class Inline(models.Model):
    """A picture that travels inside a message and is shown where its HTML says `cid:`; it goes once the mail is out."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="pictures")
    cid = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20)  # the subtype: "png"
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "cid"], name="inline_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.cid}"


class Mailing(models.Model):
    """One text for many, with slots (`{{name}}`) that each copy fills; `key` makes opening twice harmless."""

    class State(models.TextChoices):
        """Whether recipients may still be added, and whether anything may leave."""

        OPEN = "open"
        SEALED = "sealed"
        STOPPED = "stopped"

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    key = models.CharField(max_length=200, unique=True)
    cancel_key = models.CharField(max_length=100, blank=True, db_index=True)
    lane = models.CharField(max_length=8, choices=Lane.choices)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    is_paused = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)  # nothing leaves from then on, until its maker opens it again
    opened_at = models.DateTimeField()
    expected = models.PositiveIntegerField(null=True)  # fixed when it is sealed
    finished_at = models.DateTimeField(null=True)  # nothing waits and nothing is in hand

    class Meta:
        indexes = [
            models.Index(fields=["lane", "id"], name="mailing_running", condition=models.Q(finished_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.key


class MailingAbout(models.Model):
    """One thing a mailing names; calling it back stops the mailing until its maker has seen to it."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="about")
    key = models.CharField(max_length=100, db_index=True)
    called_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "key"], name="mailing_about_once")]

    def __str__(self) -> str:
        return f"{self.mailing_id} {self.key}"


class Copy(Outgoing):
    """One recipient's copy of a mailing: what fills the slots, and where it stands."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="copies")
    key = models.CharField(max_length=100)
    slots = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "key"], name="copy_once")]
        indexes = [
            models.Index(fields=["mailing", "state", "not_before"], name="copy_due"),
            models.Index(fields=["cancel_key"], name="copy_cancel_key"),
            models.Index(fields=["owner"], name="copy_in_hand", condition=models.Q(state__in=IN_HAND)),
            models.Index(fields=["mailing"], name="copy_in_doubt", condition=models.Q(state="in_doubt", is_left=False)),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} {self.key}"


class Suppression(models.Model):
    """An address no news is sent to, as a keyed hash: it bounced, or its owner complained."""

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest


class Receiver(models.Model):
    """A receiving domain that refuses or does not answer, and until when nothing is tried there.

    The row without a name is the relay itself.
    """

    name = models.CharField(max_length=255, unique=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField()
    answer = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or "relay"


class Halt(models.Model):
    """A lane that the operator stopped for the whole installation; without the row it runs."""

    lane = models.CharField(max_length=8, choices=Lane.choices, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.lane
