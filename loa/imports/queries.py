"""Reads of what was brought in."""

from django.db.models import Exists, OuterRef, QuerySet

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.organizations.models import Organization
from loa.releases.models import Release


def untouched(organization: Organization, words: str = "") -> QuerySet[Entry]:
    """An organization's entries that nobody has opened on the desk yet, newest first; with these words in the title."""
    opened = Release.objects.filter(entry=OuterRef("pk"))
    rows = archive.everything(organization.portal_id).filter(organization=organization, state=State.PUBLISHED)
    rows = rows.filter(~Exists(opened), release_key__startswith="in-")
    if words:
        rows = rows.filter(current__headline__icontains=words)
    return rows.order_by("-published_at", "-pk")
