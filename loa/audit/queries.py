"""Reads of the chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

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


def acts() -> Iterator[str]:
    """Every act on record, by the alphabet; each is found by one step in the index."""
    last = ""
    while True:
        following = Record.objects.filter(act__gt=last).order_by("act").values_list("act", flat=True).first()
        if following is None:
            return
        yield following
        last = following


def verify(*, last: int = 0) -> int | None:
    """The id of the first record that does not fit the chain, 0 when its end is cut off, None when all is well.

    With `last`, only so many of the newest are followed, from the digest of the one before them.
    """
    rows, previous = Record.objects.order_by("id"), ""
    if last and (start := newest()[last : last + 1].first()) is not None:
        rows, previous = rows.filter(pk__gt=start.pk), start.digest
    for row in rows.iterator():
        if row.previous_digest != previous or row.digest != digest_of(row):
            return row.pk
        previous = row.digest
    head = Head.objects.filter(pk=1).first()
    return None if previous == (head.digest if head else "") else 0
