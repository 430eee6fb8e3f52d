"""Report: a reader says that something is wrong, or somebody named in an entry asks to be heard."""

from datetime import timedelta

from loa.archive.models import Entry
from loa.lib import clock
from loa.moderation.models import Report


def report(entry: Entry, *, reason: str, email: str = "", kind: str = Report.Kind.ERROR, name: str = "") -> Report:
    """Puts a report in the queue, where the clock of the portal runs."""
    due = clock.now() + timedelta(hours=entry.portal.takedown_hours)
    return Report.objects.create(entry=entry, kind=kind, name=name[:160], reason=reason[:4000], email=email, due_at=due)
