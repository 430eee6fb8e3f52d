"""Reads of the desk."""

from django.db.models import QuerySet

from loa.moderation.models import Report
from loa.releases.models import Release
from loa.releases.queries import waiting


def reports(portal_id: int) -> QuerySet[Report]:
    """Unsettled reports, oldest first."""
    rows = Report.objects.select_related("entry__current", "entry__portal", "entry__organization")
    return rows.filter(settled_at=None, entry__portal_id=portal_id).order_by("reported_at")


def get_waiting(portal_id: int, public_id: str) -> Release | None:
    """One waiting release of a portal."""
    return waiting(portal_id).filter(public_id=public_id).first()
