"""Reads of outgoing mail."""

from datetime import datetime

from django.db.models import Q, QuerySet

from loa.mail.models import Message, MessageAbout, State, Suppression


def due(now: datetime) -> QuerySet[Message]:
    """What should leave now, urgent first: waiting rows, and rows whose sender died with them in hand."""
    waiting = Q(state=State.PENDING, not_before__lte=now)
    left_behind = Q(state=State.LEASED, lease_until__lte=now)
    return Message.objects.filter(waiting | left_behind).order_by("-is_urgent", "not_before", "id")


def is_called_back(row: Message) -> bool:
    """Say whether something this message names was called back."""
    return MessageAbout.objects.filter(message=row, called_back_at__isnull=False).exists()


def called_back(prefix: str) -> QuerySet[Message]:
    """Cancelled messages of one maker (by the beginning of their keys) that wait to be built again, oldest first."""
    named = MessageAbout.objects.filter(called_back_at__isnull=False).values("message")
    return Message.objects.filter(pk__in=named, state=State.CANCELLED, key__startswith=prefix).order_by("id")


def is_suppressed(address: str) -> bool:
    """Say whether nothing may be sent to this address."""
    return Suppression.objects.filter(address=address.lower()).exists()
