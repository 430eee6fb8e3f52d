"""Reads of the desk."""

import re

from django.db.models import QuerySet

from loa.moderation.models import Report
from loa.releases.models import Release
from loa.releases.queries import waiting
from loa.releases.states import State

_IN_ADDRESS = re.compile(r"/r/([\w-]+)")


def reports(portal_id: int) -> QuerySet[Report]:
    """Unsettled reports, oldest first."""
    rows = Report.objects.select_related("entry__current", "entry__portal", "entry__organization")
    return rows.filter(settled_at=None, entry__portal_id=portal_id).order_by("reported_at")


def get_waiting(portal_id: int, public_id: str) -> Release | None:
    """One waiting release of a portal."""
    return waiting(portal_id).filter(public_id=public_id).first()


def public_id_in(typed: str) -> str:
    """The id in an address of a release, whatever stands around it; else what was typed is taken for the id."""
    found = _IN_ADDRESS.search(typed)
    return found[1] if found else typed.strip()


def get_shown(portal_id: int, public_id: str) -> Release | None:
    """The release behind an entry that readers see now."""
    rows = Release.objects.select_related("entry__current", "entry__portal", "entry__organization")
    shown = rows.filter(state=State.PUBLISHED, entry__portal_id=portal_id, entry__public_id=public_id)
    return shown.first()
