"""Reads of coverage; what nobody has looked at counts nowhere."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet

from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.coverage.models import Clipping
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.models import Portal


def get_for_member(
    person: Person, slug: str, public_id: str, *, portal: Portal
) -> tuple[Organization, Entry] | None:  # fmt: skip
    """An entry that an organization of this person's sent, alone or with others."""
    organization = organizations.get_for_member(person, slug, portal_id=portal.pk)
    if organization is None:
        return None
    rows = Entry.objects.filter(archive.by_sender(organization.pk), public_id=public_id)
    entry = rows.select_related("current", "portal", "organization").first()
    return (organization, entry) if entry else None


def of(entry: Entry) -> QuerySet[Clipping]:
    """Everything written down about one, what waits for a person first, then the newest."""
    return Clipping.objects.filter(entry=entry).order_by(F("confirmed_at").asc(nulls_first=True), "-added_at", "-pk")


def confirmed(organization_id: int) -> QuerySet[Clipping]:
    """What counts of an organization's releases, the newest first."""
    entries = Entry.objects.filter(archive.by_sender(organization_id)).order_by().values("pk")
    rows = Clipping.objects.filter(entry__in=entries).exclude(confirmed_at=None)
    return rows.select_related("entry__current").order_by("-confirmed_at", "-pk")


def waiting(organization_id: int) -> int:
    """How many nobody has looked at yet."""
    entries = Entry.objects.filter(archive.by_sender(organization_id)).order_by().values("pk")
    return Clipping.objects.filter(entry__in=entries, confirmed_at=None).count()


def counts(entry_ids: Iterable[int]) -> dict[int, int]:
    """How much counts of each entry; none of those that have none."""
    rows = Clipping.objects.filter(entry_id__in=list(entry_ids)).exclude(confirmed_at=None)
    return dict(rows.values_list("entry_id").annotate(Count("pk")).order_by())


def confirmed_between(organization: Organization, *, first: date, last: date) -> QuerySet[Clipping]:
    """What was confirmed from a day to another in the portal's zone, both included."""
    zone = ZoneInfo(organization.portal.time_zone)
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return confirmed(organization.pk).filter(confirmed_at__gte=begins, confirmed_at__lt=ends)
