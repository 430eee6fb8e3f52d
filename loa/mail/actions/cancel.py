"""Calls back mail that has not left."""

from django.db import transaction

from loa.lib import clock
from loa.mail.models import Message, MessageAbout, State

UNSENT = (State.PENDING, State.LEASED)


def cancel(cancel_key: str) -> int:
    """Cancel every waiting message with this key or about it; returns how many. What is in hand may still leave."""
    with transaction.atomic():
        waiting = Message.objects.filter(cancel_key=cancel_key, state=State.PENDING)
        return waiting.update(state=State.CANCELLED) + call_back(cancel_key)


def call_back(key: str) -> int:
    """Cancel waiting messages that name this among other things, so that their makers build them again.

    One in hand is marked: if its sending fails, it is cancelled and not tried again.
    """
    with transaction.atomic():
        unsent = MessageAbout.objects.filter(key=key, called_back_at=None, message__state__in=UNSENT)
        unsent.update(called_back_at=clock.now())
        named = MessageAbout.objects.filter(key=key).values("message")
        return Message.objects.filter(pk__in=named, state=State.PENDING).update(state=State.CANCELLED)
