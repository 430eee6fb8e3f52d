"""Puts a mail on its way, in the transaction of the act it belongs to."""

from collections.abc import Iterable

from django.db import transaction

from loa.jobs.wake import wake
from loa.lib import clock
from loa.mail.models import Message, MessageAbout


def queue(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    cancel_key: str = "",
    about: Iterable[str] = (),
    urgent: bool = False,
) -> None:
    """Add the row unless its key is there already; `urgent` goes ahead of newsletters and wakes the worker.

    `about` names what each stops the mail when it is called back, inside the caller's transaction.
    """
    now = clock.now()
    message = Message(
        key=key,
        cancel_key=cancel_key,
        to=to,
        subject=" ".join(subject.split())[:400],
        text=text,
        html=html,
        headers=headers or {},
        is_urgent=urgent,
        not_before=now,
        queued_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if names := list(about):
        _name(key, names)
    if urgent:
        transaction.on_commit(wake)


def _name(key: str, about: list[str]) -> None:
    row = Message.objects.get(key=key)  # an insert that may meet its own key gives no id
    rows = [MessageAbout(message=row, key=name) for name in about]
    MessageAbout.objects.bulk_create(rows, ignore_conflicts=True)
