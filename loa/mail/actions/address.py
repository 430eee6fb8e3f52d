"""Adds recipients to a mailing, in pages, as often as one likes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from loa.mail import rules
from loa.mail.errors import BadAddress, Closed, MissingSlot
from loa.mail.models import Copy, Mailing, State

PAGE = 1000


@dataclass(frozen=True)
class To:
    """One recipient: the key that makes adding twice harmless, and what fills the mailing's slots."""

    key: str
    email: str
    slots: Mapping[str, str] = field(default_factory=dict)
    cancel_key: str = ""


def address(mailing: Mailing, recipients: Iterable[To]) -> int:
    """Add a copy for each, a transaction a page; returns how many were handed in.

    An address no mail can carry is a row too, failed from the start, so that the report is whole. Raises MissingSlot
    before a page with such a recipient is added, and Closed when the mailing is sealed or stopped.
    """
    needed = rules.slots_in(mailing.subject, mailing.text, mailing.html, *mailing.headers.values()) - {"to"}
    rest, count = iter(recipients), 0
    while page := list(islice(rest, PAGE)):
        copies = [_copy(mailing, to, needed) for to in page]
        with transaction.atomic():
            held = Mailing.objects.select_for_update().filter(pk=mailing.pk, state=Mailing.State.OPEN)
            if not held.exists():
                raise Closed(mailing.key)
            Copy.objects.bulk_create(copies, ignore_conflicts=True)
        count += len(page)
    return count


def _copy(mailing: Mailing, to: To, needed: set[str]) -> Copy:
    if missing := needed - to.slots.keys():
        raise MissingSlot(", ".join(sorted(missing)))
    copy = Copy(
        mailing=mailing,
        key=to.key,
        to=to.email.strip()[:320],
        cancel_key=to.cancel_key,
        slots={name: to.slots[name] for name in needed},
        not_before=mailing.not_before,
    )
    try:
        found = rules.read_address(to.email)
        copy.to, copy.domain = found.email, found.domain
    except BadAddress as error:
        copy.state, copy.error = State.FAILED, str(error)
    return copy
