"""Erases who was written to and what, once somebody's data must go."""

from collections.abc import Collection

from django.db import transaction

from loa.mail.actions.cancel import cancel
from loa.mail.models import Copy, Inline, Message


def erase(cancel_keys: Collection[str]) -> int:
    """Call back what waits under these keys, and empty every row of them; returns how many. The counts stay true."""
    with transaction.atomic():
        for key in cancel_keys:
            cancel(key)
        copies = Copy.objects.filter(cancel_key__in=cancel_keys).update(to="", slots={}, error="")
        mails = Message.objects.filter(cancel_key__in=cancel_keys)
        Inline.objects.filter(message__in=mails).delete()
        return copies + mails.update(to="", subject="", text="", html="", headers={}, error="")
