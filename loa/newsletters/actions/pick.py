"""Puts entries into an issue."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from loa.archive.models import Entry
from loa.audit.actions.record import Actor, record
from loa.newsletters import queries
from loa.newsletters.models import Issue, IssueItem


def pick(actor: Actor, issue: Issue, *, entries: Iterable[Entry]) -> None:
    """Add these at the end, those it has already left where they are. Raises WrongState once it is on its way.

    It adds and changes nothing, so an editor who has the same issue open need not read it again before saving.
    """
    with transaction.atomic():
        locked = queries.held_draft(issue)
        last = IssueItem.objects.filter(issue=locked).aggregate(last=Max("position"))["last"] or 0
        rows = [
            # One picture at the head of the mail; its editor may ask for more.
            IssueItem(issue=locked, entry=entry, position=last + place, has_picture=last + place == 1)
            for place, entry in enumerate(entries, start=1)
        ]
        IssueItem.objects.bulk_create(rows, ignore_conflicts=True)
        named = [row.entry.public_id for row in rows]
        record(actor, act="pick", subject=f"issue:{issue.public_id}", detail={"entries": named})
