"""Outgoing mail: one durable row a recipient."""

from django.db import models

from loa.lib.tokens import random_id


class State(models.TextChoices):
    """Where a message stands."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Message(models.Model):
    """One mail to one address; `key` makes queueing twice harmless, `cancel_key` calls back what has not left."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    key = models.CharField(max_length=200, unique=True)
    cancel_key = models.CharField(max_length=100, blank=True, db_index=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    is_urgent = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="message_due")]

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


class Suppression(models.Model):
    """An address nothing is sent to: it bounced, or its owner complained."""

    address = models.CharField(max_length=320, unique=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address
