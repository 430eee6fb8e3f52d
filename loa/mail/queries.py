"""Reads of outgoing mail."""

from datetime import datetime

from django.db.models import Q, QuerySet

from loa.mail.models import Message, State, Suppression


def due(now: datetime) -> QuerySet[Message]:
    """What should leave now, urgent first: waiting rows, and rows whose sender died with them in hand."""
    waiting = Q(state=State.PENDING, not_before__lte=now)
    left_behind = Q(state=State.LEASED, lease_until__lte=now)
    return Message.objects.filter(waiting | left_behind).order_by("-is_urgent", "not_before", "id")


def is_suppressed(address: str) -> bool:
    """Say whether nothing may be sent to this address."""
    return Suppression.objects.filter(address=address.lower()).exists()
