"""Report: a reader says that something is wrong; settle: a moderator has seen to it."""

from loa.archive.models import Entry
from loa.lib import clock
from loa.moderation.models import Report


def report(entry: Entry, *, reason: str, email: str = "") -> Report:
    """Puts a report in the queue."""
    return Report.objects.create(entry=entry, reason=reason[:4000], email=email)


def settle(found: Report) -> None:
    """Takes a report out of the queue."""
    Report.objects.filter(pk=found.pk, settled_at=None).update(settled_at=clock.now())
