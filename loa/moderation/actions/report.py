"""Report: a reader says that something is wrong, or somebody named in an entry asks to be heard."""

from loa.archive.models import Entry
from loa.moderation.models import Report


def report(entry: Entry, *, reason: str, email: str = "", kind: str = Report.Kind.ERROR, name: str = "") -> Report:
    """Puts a report in the queue, where its clock runs."""
    return Report.objects.create(entry=entry, kind=kind, name=name[:160], reason=reason[:4000], email=email)
