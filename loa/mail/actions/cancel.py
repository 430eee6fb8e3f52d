"""Calls back mail that has not left."""

from loa.mail.models import Message, State


def cancel(cancel_key: str) -> int:
    """Cancel every waiting message with this key; returns how many. What is already in hand may still leave."""
    waiting = Message.objects.filter(cancel_key=cancel_key, state=State.PENDING)
    return waiting.update(state=State.CANCELLED)
