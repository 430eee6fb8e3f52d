"""Questions about plans and periods."""

import calendar
import math
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
    """Whether a plan gives fewer releases a month than another; where both give as many, whether it costs less.

    The price decides between periods of one length and in one currency alone: who pays for a year at once and pays
    less for it has no lower plan than who pays by the month, nor a higher one.
    """
    mine, theirs = releases_a_month(plan), releases_a_month(other)
    if mine != theirs:
        return mine < theirs
    return (plan.months, plan.currency) == (other.months, other.currency) and plan.price < other.price


def releases_a_month(plan: Plan) -> float:
    """How many releases a plan gives in a month of its period; infinite where they are not counted."""
    return math.inf if plan.allowance is None else plan.allowance / max(plan.months, 1)


def after_months(start: datetime, months: int, zone: str) -> datetime:
    """The same day and hour of a later month on the clocks of a zone (its last day where it is shorter), in UTC."""
    local = start.astimezone(ZoneInfo(zone))
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def months_between(start: datetime, end: datetime, zone: str) -> int:
    """How many months on the clocks of a zone `after_months` put between two moments."""
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    return (last.year - first.year) * 12 + last.month - first.month


def month_of(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """The calendar month around a moment in a zone: its first moment and the next one's, in UTC."""
    first = moment.astimezone(ZoneInfo(zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.astimezone(UTC), after_months(first, 1, zone)


def order_path(organization: Organization, plan: Plan) -> str:
    """Where an organization orders a plan or a single release, without the prefix of a language."""
    return f"/desk/o/{organization.slug}/orders/new?plan={plan.slug}"
