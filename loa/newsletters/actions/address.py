"""Writes down who an issue goes to, page by page."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from loa.lib import clock
from loa.mail.actions.address import To
from loa.mail.actions.address import address as hand_in
from loa.mail.actions.seal import seal
from loa.mail.errors import Closed
from loa.mail.models import Mailing
from loa.newsletters import queries
from loa.newsletters.models import Issue, State
from loa.subscribers import queries as subscribers
from loa.subscribers.actions.count_advertising import count_advertising
from loa.subscribers.queries import Recipient

PAGE = 500
PAGES = 10  # in one go: passwords and news at once wait for nobody's list


def address(issue: Issue) -> int:
    """Hand in the next pages of readers, those an earlier round reached left out; after the last page, seal.

    The place reached is written down behind each page; one handed in again changes nothing.
    """
    if issue.is_sealed or issue.state != State.SENDING:
        return 0
    mailing = Mailing.objects.get(key=issue.mailing_key)
    for page in range(PAGES):
        readers = queries.recipients(issue, PAGE)
        if not readers:
            seal(mailing)
            _note(issue, is_sealed=True)
            return page + 1
        reached = queries.reached(issue, [reader.public_id for reader in readers])
        try:
            _hand_in(issue, mailing, [reader for reader in readers if reader.public_id not in reached])
        except Closed:
            mailing.refresh_from_db()
            if mailing.state == Mailing.State.SEALED:  # by somebody who died before they could note it
                _note(issue, is_sealed=True)
            return page  # else stopped, or called back: whoever sees to that goes on
        _note(issue, reached_id=readers[-1].subscriber_id)
    return PAGES


def _hand_in(issue: Issue, mailing: Mailing, readers: Sequence[Recipient]) -> None:
    """Advertising waits for whoever has had three in a day, and counts whom it goes to and when (Decree 91)."""
    if not issue.is_advertising:
        hand_in(mailing, [_to(reader) for reader in readers])
        return
    key = f"issue:{issue.public_id}"
    with transaction.atomic():
        emails, zone = [reader.email for reader in readers], issue.portal.time_zone
        moments = subscribers.may_receive_from(emails, clock.now(), zone=zone, mailing=key)
        hand_in(mailing, [_to(reader, moments[reader.email]) for reader in readers])
        count_advertising(moments, mailing=key)


def _note(issue: Issue, **values: int) -> None:
    for name, value in values.items():
        setattr(issue, name, value)
    Issue.objects.filter(pk=issue.pk, round=issue.round).update(**values)


def _to(reader: Recipient, not_before: datetime | None = None) -> To:
    return To(
        key=reader.public_id,
        email=reader.email,
        slots={"leave": reader.leave_link, "preferences": reader.preferences_link},
        cancel_key=subscribers.about(reader, reader.key),
        not_before=not_before,
    )
