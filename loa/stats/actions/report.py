"""Report: every Monday morning the members of an organization are told what its releases did the week before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from loa.accounts.models import Person
from loa.lib import clock
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.stats import emails
from loa.stats.models import WeeklyReport
from loa.stats.sheet import WEEK, week_of

HOUR = 8  # on Monday, in the portal's zone
UNTIL = 3  # days into the week: a report that comes later is no news
AT_ONCE = 20  # organizations in one turn
KEPT = timedelta(weeks=12)


def report_due(at: datetime | None = None) -> bool:
    """See to some organizations whose week is not told yet; whether there may be more. A second time does nothing."""
    now = at or clock.now()
    seen = 0
    for portal in Portal.objects.order_by("pk"):
        monday = week_to_tell(now, portal.time_zone)
        if monday is None:
            continue
        WeeklyReport.objects.filter(organization__portal=portal, monday__lt=monday - KEPT).delete()
        for organization in _untold(portal, monday)[: AT_ONCE - seen]:
            report(organization, monday)
            seen += 1
    return seen >= AT_ONCE


def week_to_tell(now: datetime, zone: str) -> date | None:
    """The Monday of the week that ended, from Monday 08:00 until the end of Wednesday in the zone; else none."""
    local = now.astimezone(ZoneInfo(zone))
    if local.weekday() >= UNTIL or (local.weekday() == 0 and local.hour < HOUR):
        return None
    return local.date() - timedelta(days=local.weekday()) - WEEK


def report(organization: Organization, monday: date) -> int:
    """How many people are told. The row and the mails stand or fall together, and one row a week there is."""
    week, people = week_of(organization, monday), _people(organization)
    if week.is_silent:
        people = []
    chart = emails.draw(week) if people else b""  # drawn before anything is locked
    with transaction.atomic():
        row, is_first = WeeklyReport.objects.get_or_create(
            organization=organization, monday=monday, defaults={"mailed": len(people)}
        )
        if is_first and people:
            emails.weekly(week, people, chart=chart)
    return row.mailed if is_first else 0


def _untold(portal: Portal, monday: date) -> list[Organization]:
    told = WeeklyReport.objects.filter(organization=OuterRef("pk"), monday=monday)
    rows = Organization.objects.filter(portal=portal, suspended_at=None, closed_at=None)
    return list(rows.exclude(Exists(told)).select_related("portal").order_by("pk")[:AT_ONCE])


def _people(organization: Organization) -> list[Person]:
    members = organization.memberships.filter(person__is_active=True).select_related("person").order_by("pk")
    return [member.person for member in members]
