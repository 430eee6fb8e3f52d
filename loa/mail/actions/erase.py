"""Erases who was written to and what, once somebody's data must go."""

from django.db import transaction

from loa.mail.actions.cancel import cancel
from loa.mail.models import Copy, Message


def erase(cancel_key: str) -> int:
    """Call back what waits under this key, and empty every row of it; returns how many. The counts stay true."""
    with transaction.atomic():
        cancel(cancel_key)
        copies = Copy.objects.filter(cancel_key=cancel_key).update(to="", slots={}, error="")
        mails = Message.objects.filter(cancel_key=cancel_key)
        return copies + mails.update(to="", subject="", text="", html="", headers={}, error="")
