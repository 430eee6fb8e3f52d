"""Saves what an editor wrote in an issue."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock, vietnamese
from loa.newsletters import queries
from loa.newsletters.errors import StaleRevision
from loa.newsletters.models import Issue, IssueItem
from loa.subscribers.rules import GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of the issue as a whole."""

    subject: str = ""
    preheader: str = ""
    introduction: str = ""
    is_advertising: bool = False
    list_key: str = GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is said of one of its entries; `item` is the key of the row."""

    item: int
    heading: str = ""
    line: str = ""
    has_picture: bool = True


def edit(
    actor: Actor, issue: Issue, *, words: Words, lines: Sequence[Line], removed: Sequence[int] = (),
    expected_revision: int,
) -> Issue:  # fmt: skip
    """Write the words, and the entries in the order given; entries that are not named stay behind them.

    Raises StaleRevision if someone saved since, WrongState once the issue is on its way.
    """
    with transaction.atomic():
        locked = queries.held_draft(issue)
        if locked.revision != expected_revision:
            raise StaleRevision
        for name in ("subject", "preheader"):
            setattr(locked, name, " ".join(vietnamese.kept(getattr(words, name)).split())[:200])
        locked.introduction = vietnamese.kept(words.introduction).replace("\r\n", "\n").strip()
        locked.is_advertising, locked.list_key = words.is_advertising, words.list_key
        locked.revision += 1
        locked.changed_at, locked.changed_by = clock.now(), actor.label[:200]
        locked.save()
        IssueItem.objects.filter(issue=locked, pk__in=removed).delete()
        _place(locked, lines)
        record(actor, act="edit", subject=f"issue:{issue.public_id}", detail={"revision": locked.revision})
    return locked


def _place(issue: Issue, lines: Sequence[Line]) -> None:
    rows = {row.pk: row for row in IssueItem.objects.filter(issue=issue)}
    said = {one.item: one for one in lines if one.item in rows}
    ordered = [*said, *(key for key in rows if key not in said)]
    for position, key in enumerate(ordered, start=1):
        row, line = rows[key], said.get(key)
        row.position = position
        if line is not None:
            row.heading = " ".join(vietnamese.kept(line.heading).split())[:80]
            row.line = " ".join(vietnamese.kept(line.line).split())
            row.has_picture = line.has_picture
    IssueItem.objects.bulk_update(rows.values(), ["position", "heading", "line", "has_picture"])
