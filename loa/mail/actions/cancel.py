"""Calls back mail that has not left."""

from django.db import transaction

from loa.lib import clock
from loa.mail.actions.stop import STOPPED
from loa.mail.models import UNSENT, Copy, Mailing, MailingAbout, Message, MessageAbout, State


def cancel(cancel_key: str) -> int:
    """Cancel every waiting mail with this key or about it; returns how many.

    What a sender has begun may still arrive; if it fails it is not tried again.
    """
    with transaction.atomic():
        count = 0
        for rows in (Message.objects.filter(cancel_key=cancel_key), Copy.objects.filter(cancel_key=cancel_key)):
            count += rows.filter(state__in=UNSENT).update(state=State.CANCELLED, is_called_back=True)
            rows.filter(state__in=BEGUN).update(is_called_back=True)
        if cancel_key:
            Mailing.objects.filter(cancel_key=cancel_key, finished_at=None).update(**STOPPED)
        return count + call_back(cancel_key)


def cancel_one(cancel_key: str, *, about: str) -> int:
    """Cancel one recipient's waiting copies of the mailings that name this; returns how many."""
    rows = Copy.objects.filter(
        cancel_key=cancel_key, mailing__in=MailingAbout.objects.filter(key=about).values("mailing")
    )
    with transaction.atomic():
        rows.filter(state__in=BEGUN).update(is_called_back=True)
        return rows.filter(state__in=UNSENT).update(state=State.CANCELLED, is_called_back=True)


def call_back(key: str) -> int:
    """Cancel waiting messages that name this among other things, so that their makers build them again.

    One in hand is marked: if its sending fails, it is cancelled and not tried again. A mailing that names it is
    stopped; its recipients are not counted here.
    """
    now = clock.now()
    with transaction.atomic():
        unsent = MessageAbout.objects.filter(key=key, called_back_at=None, message__state__in=(*UNSENT, State.SENDING))
        unsent.update(called_back_at=now)
        named = Message.objects.filter(pk__in=MessageAbout.objects.filter(key=key).values("message"))
        count = named.filter(state__in=UNSENT).update(state=State.CANCELLED, is_called_back=True)
        named.filter(state__in=BEGUN).update(is_called_back=True)
        running = Mailing.objects.filter(about__key=key, finished_at=None).exclude(state=Mailing.State.STOPPED)
        stopped = list(running.values_list("pk", flat=True))
        MailingAbout.objects.filter(key=key, mailing__in=stopped).update(called_back_at=now)
        Mailing.objects.filter(pk__in=stopped).update(**STOPPED)
        return count


BEGUN = (State.SENDING, State.IN_DOUBT)
