"""Reads of the desk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import diff
from loa.moderation.models import Report
from loa.moderation.rules import FIELDS, said
from loa.releases.models import Release
from loa.releases.queries import scheduled, waiting, words_of

_IN_ADDRESS = re.compile(r"/r/([\w-]+)")


@dataclass(frozen=True)
class Change:
    """One field that says something else since the release was sent back."""

    label: str
    runs: Sequence[diff.Run]


@dataclass(frozen=True)
class Waiting:
    """A release in the queue; `changed` counts the places changed since it was sent back, None if it never was."""

    release: Release
    changed: int | None


def in_queue(portal_id: int) -> list[Waiting]:
    """What waits, oldest first, with how much was changed in what comes again."""
    return [Waiting(release, _places(release)) for release in waiting(portal_id)]


def _places(release: Release) -> int | None:
    if not release.sent_back_words:
        return None
    return sum(diff.places(change.runs) for change in changes(release))


def changes(release: Release) -> list[Change]:
    """What a release says now against what it said when it was sent back, in the order of the form."""
    before = release.sent_back_words
    now = words_of(release) if before else {}
    pairs = [(name, said(name, before.get(name, "")), said(name, now.get(name, ""))) for name in FIELDS]
    compared = [(name, diff.runs(old, new)) for name, old, new in pairs if old != new]
    return [Change(str(FIELDS[name]), runs) for name, runs in compared if diff.places(runs)]


def reports(portal_id: int) -> QuerySet[Report]:
    """Unsettled reports, oldest first."""
    rows = Report.objects.select_related("entry__current", "entry__portal", "entry__organization")
    return rows.filter(settled_at=None, entry__portal_id=portal_id).order_by("reported_at")


def get_waiting(portal_id: int, public_id: str) -> Release | None:
    """One release of a portal that waits for a moderator, or for its time: it can still be sent back then."""
    return (waiting(portal_id) | scheduled(portal_id)).filter(public_id=public_id).first()


def public_id_in(typed: str) -> str:
    """The id in an address of a release, whatever stands around it; else what was typed is taken for the id."""
    found = _IN_ADDRESS.search(typed)
    return found[1] if found else typed.strip()


def get_shown(portal_id: int, public_id: str) -> Entry | None:
    """An entry that readers see now, whether it was written here or brought in."""
    return archive.public(portal_id).filter(public_id=public_id).first()
