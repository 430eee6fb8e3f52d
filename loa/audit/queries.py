"""Reads of the chain."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet, Subquery

from loa.audit.actions.record import digest_of
from loa.audit.models import Head, Record


def of(subject: str) -> QuerySet[Record]:
    """What was done to a subject, newest first."""
    return Record.objects.filter(subject=subject).order_by("-id")


def newest() -> QuerySet[Record]:
    """Everything, newest first."""
    return Record.objects.order_by("-id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records are looked for; empty means all. Moments are aware, `until` is the first that is too late."""

    act: str = ""
    actor: str = ""  # a part of the label, or the whole id
    subject: str = ""  # the whole of it, or what stands before its colon
    since: datetime | None = None
    until: datetime | None = None

    def rows(self) -> QuerySet[Record]:
        """The records, newest first."""
        rows = newest()
        if self.act:
            rows = rows.filter(act=self.act)
        if self.actor:
            rows = rows.filter(Q(actor_id=self.actor) | Q(actor_label__icontains=self.actor))
        if self.subject:
            is_whole = ":" in self.subject
            rows = (
                rows.filter(subject=self.subject) if is_whole else rows.filter(subject__startswith=f"{self.subject}:")
            )
        if self.since is not None:
            rows = rows.filter(at__gte=self.since)
        if self.until is not None:
            rows = rows.filter(at__lt=self.until)
        return rows


def page(wanted: Wanted, *, before: int = 0, size: int = 100) -> tuple[list[Record], int]:
    """One page by keyset: what is older than `before`, and where the next page begins (0: nowhere)."""
    rows = wanted.rows().filter(pk__lt=before) if before else wanted.rows()
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else 0


# From each act to the next one in the index, and not over every record; both databases read it so.
ACTS = """
WITH RECURSIVE acts (act) AS (
    SELECT MIN(act) FROM audit_record
    UNION ALL
    SELECT (SELECT MIN(act) FROM audit_record WHERE audit_record.act > acts.act) FROM acts WHERE act IS NOT NULL
)
SELECT act FROM acts WHERE act IS NOT NULL
"""


def acts() -> list[str]:
    """Every act on record, by the alphabet."""
    with connection.cursor() as cursor:
        cursor.execute(ACTS)
        return [act for (act,) in cursor.fetchall()]


def verify(*, last: int = 0) -> int | None:
    """The id of the first record that does not fit the chain, 0 when its end is cut off, None when all is well.

    With `last`, only so many of the newest are followed, from the digest of the one before them. The chain is followed
    to where it ends now: what is recorded while it is read is not looked at.
    """
    end = Head.objects.filter(pk=1).annotate(newest=Subquery(newest().values("pk")[:1]))  # one moment: one statement
    head = end.first()
    rows, previous = Record.objects.order_by("id"), ""
    if head is not None:
        rows = rows.filter(pk__lte=head.newest or 0)
    if last and (start := rows.reverse()[last : last + 1].first()) is not None:
        rows, previous = rows.filter(pk__gt=start.pk), start.digest
    for row in rows.iterator():
        if row.previous_digest != previous or row.digest != digest_of(row):
            return row.pk
        previous = row.digest
    return None if previous == (head.digest if head else "") else 0
