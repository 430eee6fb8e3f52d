"""Adds recipients to a mailing, in pages, as often as one likes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from loa.mail import rules
from loa.mail.errors import BadAddress, Closed, MissingSlot
from loa.mail.models import Copy, Mailing, State

PAGE = 1000
DIFFERENT = ("key", "to", "domain", "cancel_key", "slots", "not_before", "state", "error")
Row = tuple[str, str, str, str, Any, Any, str, str]


@dataclass(frozen=True)
class To:
    """One recipient: the key that makes adding twice harmless, and what fills the mailing's slots."""

    key: str
    email: str
    slots: Mapping[str, str] = field(default_factory=dict)
    cancel_key: str = ""
    not_before: datetime | None = None  # later than the mailing's, for this one alone


def address(mailing: Mailing, recipients: Iterable[To]) -> int:
    """Add a copy for each, a transaction a page; returns how many were handed in.

    An address no mail can carry is a row too, failed from the start, so that the report is whole. Raises MissingSlot
    before a page with such a recipient is added, and Closed when the mailing is sealed or stopped.
    """
    needed = rules.slots_in(mailing.subject, mailing.text, mailing.html, *mailing.headers.values()) - {"to"}
    rest, count = iter(recipients), 0
    while page := list(islice(rest, PAGE)):
        rows = [_row(mailing, to, needed) for to in page]
        with transaction.atomic():
            held = Mailing.objects.select_for_update().filter(pk=mailing.pk, state=Mailing.State.OPEN)
            if not held.exists():
                raise Closed(mailing.key)
            _insert(mailing, rows)
        count += len(page)
    return count


def _row(mailing: Mailing, to: To, needed: set[str]) -> Row:
    """What differs from copy to copy. Raises MissingSlot."""
    if missing := needed - to.slots.keys():
        raise MissingSlot(", ".join(sorted(missing)))
    slots = connection.ops.adapt_json_value({name: to.slots[name] for name in needed}, None)
    at = connection.ops.adapt_datetimefield_value(to.not_before or mailing.not_before)
    try:
        found = rules.read_address(to.email)
    except BadAddress as error:
        return (to.key, to.email.strip()[:320], "", to.cancel_key, slots, at, State.FAILED.value, str(error))
    return (to.key, found.email, found.domain, to.cancel_key, slots, at, State.PENDING.value, "")


def _insert(mailing: Mailing, rows: Sequence[Row]) -> None:
    """As plain SQL: `bulk_create` asks every field of every row how it is written, and takes four times as long."""
    same: dict[str, Any] = {
        "mailing_id": mailing.pk, "is_called_back": False, "is_left": False, "owner": "", "attempts": 0, "doubts": 0,
    }  # fmt: skip
    columns = ", ".join(connection.ops.quote_name(name) for name in (*DIFFERENT, *same))
    places = ", ".join(["%s"] * (len(DIFFERENT) + len(same)))
    table = connection.ops.quote_name(Copy._meta.db_table)
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608 -- names of ours
        cursor.executemany(statement, [(*row, *same.values()) for row in rows])
