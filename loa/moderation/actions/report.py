"""Report: a reader says that something is wrong."""

from loa.archive.models import Entry
from loa.moderation.models import Report


def report(entry: Entry, *, reason: str, email: str = "") -> Report:
    """Puts a report in the queue."""
    return Report.objects.create(entry=entry, reason=reason[:4000], email=email)
