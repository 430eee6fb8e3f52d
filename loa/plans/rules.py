"""Questions about plans and periods."""

import calendar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from loa.organizations.models import Kind as OrganizationKind
from loa.organizations.models import Organization
from loa.plans.models import Audience, Plan

AUDIENCES = {
    OrganizationKind.PUBLIC_BODY: Audience.PUBLIC,
    OrganizationKind.UNIVERSITY: Audience.PUBLIC,
    OrganizationKind.HOSPITAL: Audience.PUBLIC,
    OrganizationKind.NGO: Audience.NONPROFIT,
    OrganizationKind.ASSOCIATION: Audience.NONPROFIT,
}


def audiences_of(organization: Organization) -> set[str]:
    """Whose prices an organization has: everyone's, and those for its kind."""
    return {Audience.EVERYONE, AUDIENCES.get(OrganizationKind(organization.kind), Audience.EVERYONE)}


def is_lower(plan: Plan, other: Plan) -> bool:
    """Whether a plan costs less a month than another; prices in two currencies are not compared."""
    is_alike = plan.currency == other.currency
    return is_alike and plan.price * max(other.months, 1) < other.price * max(plan.months, 1)


def after_months(start: datetime, months: int, zone: str) -> datetime:
    """The same day and hour of a later month on the clocks of a zone (its last day where it is shorter), in UTC."""
    local = start.astimezone(ZoneInfo(zone))
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def month_of(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """The calendar month around a moment in a zone: its first moment and the next one's, in UTC."""
    first = moment.astimezone(ZoneInfo(zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.astimezone(UTC), after_months(first, 1, zone)


def order_path(organization: Organization, plan: Plan) -> str:
    """Where an organization orders a plan or a single release, without the prefix of a language."""
    return f"/desk/o/{organization.slug}/orders/new?plan={plan.slug}"
