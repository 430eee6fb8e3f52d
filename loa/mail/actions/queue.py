"""Puts mails on their way, in the transaction of the act they belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from loa.jobs.wake import wake
from loa.lib import clock
from loa.mail import rules
from loa.mail.errors import BadAddress
from loa.mail.models import UNSENT, Inline, Lane, Message, MessageAbout, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG inside a mail, which its HTML shows by `<img src="cid:…">`."""

    cid: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one address, before it is a row."""

    key: str
    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cancel_key: str = ""
    about: Iterable[str] = ()
    lane: str = Lane.NEWS
    pictures: Sequence[Picture] = ()


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
    mail = Mail(
        key=key, to=to, subject=subject, text=text, html=html, headers=headers or {}, cancel_key=cancel_key,
        about=tuple(about), lane=lane or (Lane.ACCOUNT if urgent else Lane.NEWS),
    )  # fmt: skip
    queue_all([mail])


def queue_all(mails: Iterable[Mail]) -> None:
    """The same for many, at the price of one."""
    rows = [(mail, _row(mail)) for mail in mails]
    Message.objects.bulk_create([row for _, row in rows], ignore_conflicts=True)
    _name({mail.key: list(mail.about) for mail, _ in rows if mail.about})
    _put_in({mail.key: mail.pictures for mail, _ in rows if mail.pictures})
    if any(row.lane != Lane.NEWS for _, row in rows):
        transaction.on_commit(wake)


def _row(mail: Mail) -> Message:
    now = clock.now()
    message = Message(
        key=mail.key,
        cancel_key=mail.cancel_key,
        to=mail.to.strip()[:320],
        subject=" ".join(mail.subject.split())[:400],
        text=mail.text,
        html=mail.html,
        headers=dict(mail.headers),
        lane=Lane(mail.lane),
        not_before=now,
        queued_at=now,
    )
    try:
        found = rules.read_address(mail.to)
        message.to, message.domain = found.email, found.domain
    except BadAddress as error:
        message.state, message.error = State.FAILED, str(error)
    return message


def _name(about: dict[str, list[str]]) -> None:
    if not about:
        return
    # An insert that may meet its own key gives no id.
    ids = dict(Message.objects.filter(key__in=about).values_list("key", "pk"))
    rows = [MessageAbout(message_id=ids[key], key=name) for key, names in about.items() for name in names]
    MessageAbout.objects.bulk_create(rows, ignore_conflicts=True)


def _put_in(pictures: dict[str, Sequence[Picture]]) -> None:
    if not pictures:
        return
    waiting = Message.objects.filter(key__in=pictures, state__in=UNSENT).values_list("key", "pk")
    rows = [
        Inline(message_id=pk, cid=one.cid, kind="png", data=one.data) for key, pk in waiting for one in pictures[key]
    ]
    Inline.objects.bulk_create(rows, ignore_conflicts=True)
