"""Puts a mail on its way, in the transaction of the act it belongs to."""

from collections.abc import Iterable

from django.db import transaction

from loa.jobs.wake import wake
from loa.lib import clock
from loa.mail import rules
from loa.mail.errors import BadAddress
from loa.mail.models import Lane, Message, MessageAbout, State


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
    lane: str = "",
) -> None:
    """Add the row unless its key is there already; `urgent` is the lane of accounts, without either it is news.

    The lanes of accounts and of news at once wake the worker. `about` names what each stops the mail when it is called
    back, inside the caller's transaction. An address no mail can carry is a row that has failed.
    """
    now = clock.now()
    message = Message(
        key=key,
        cancel_key=cancel_key,
        to=to.strip()[:320],
        subject=" ".join(subject.split())[:400],
        text=text,
        html=html,
        headers=headers or {},
        lane=Lane(lane or (Lane.ACCOUNT if urgent else Lane.NEWS)),
        not_before=now,
        queued_at=now,
    )
    try:
        found = rules.read_address(to)
        message.to, message.domain = found.email, found.domain
    except BadAddress as error:
        message.state, message.error = State.FAILED, str(error)
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if names := list(about):
        _name(key, names)
    if message.lane != Lane.NEWS:
        transaction.on_commit(wake)


def _name(key: str, about: list[str]) -> None:
    row = Message.objects.get(key=key)  # an insert that may meet its own key gives no id
    rows = [MessageAbout(message=row, key=name) for name in about]
    MessageAbout.objects.bulk_create(rows, ignore_conflicts=True)
