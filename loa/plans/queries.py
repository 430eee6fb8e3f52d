"""Reads of plans, and of what an organization has of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum

from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans.models import Audience, Credit, Kind, Plan, Spending, Term
from loa.plans.rules import audience_of, month_of


@dataclass(frozen=True)
class Standing:
    """What an organization has at a moment; moments in UTC."""

    is_limited: bool  # a portal without plans limits nobody
    plan: Plan | None  # the highest one it pays for now
    term: Term | None  # its term on that plan
    left: int | None  # of every paid term that runs; None: as many as they like
    credits: int
    free: Plan | None
    free_left: int | None  # in this calendar month; None: as many as they like
    renews_at: datetime | None  # when there is more again without buying anything

    @property
    def may_publish(self) -> bool:
        """Whether one more release may go out."""
        return not self.is_limited or None in (self.left, self.free_left) or self.total > 0

    @property
    def total(self) -> int:
        """Releases left in all, where they are counted."""
        return (self.left or 0) + (self.free_left or 0) + self.credits


def standing(organization: Organization, at: datetime | None = None) -> Standing:
    """What an organization has now, or had and will have at another moment."""
    now = at or clock.now()
    running = list(paid_terms(organization).filter(starts_at__lte=now, ends_at__gt=now))
    best = max(running, key=lambda term: (term.plan.price / max(term.plan.months, 1), term.ends_at), default=None)
    free = free_plan(organization.portal_id, now)
    lefts = [term.left for term in running]
    return Standing(
        is_limited=has_plans(organization.portal_id),
        plan=best.plan if best else None,
        term=best,
        left=None if None in lefts else sum(left or 0 for left in lefts),
        credits=credits_left(organization),
        free=free,
        free_left=_free_left(organization, free, now) if free else 0,
        renews_at=month_of(now, organization.portal.time_zone)[1] if free and free.allowance else None,
    )


def has_plans(portal_id: int) -> bool:
    """Whether a portal sells anything, or says what is free; else nobody is limited there."""
    return Plan.objects.filter(portal_id=portal_id).exists()


def valid(portal_id: int, at: datetime | None = None) -> QuerySet[Plan]:
    """The rows in force at a moment (UTC)."""
    now = at or clock.now()
    rows = Plan.objects.filter(Q(valid_until=None) | Q(valid_until__gt=now), portal_id=portal_id)
    return rows.filter(valid_from__lte=now)


def public(portal_id: int, at: datetime | None = None) -> QuerySet[Plan]:
    """What the price page shows: everything offered to more than one organization."""
    return valid(portal_id, at).filter(is_offered=True, organization=None)


def free_plan(portal_id: int, at: datetime | None = None) -> Plan | None:
    """What everybody has in a calendar month without paying."""
    return public(portal_id, at).filter(kind=Kind.FREE).first()


def credit_price(portal_id: int, at: datetime | None = None) -> Plan | None:
    """What a single release costs."""
    return public(portal_id, at).filter(kind=Kind.CREDIT).first()


def offered_to(organization: Organization, at: datetime | None = None) -> QuerySet[Plan]:
    """The plans an organization may buy: everyone's, those for its kind, and its own by contract."""
    rows = valid(organization.portal_id, at).filter(is_offered=True, kind=Kind.PLAN)
    audiences = {Audience.EVERYONE.value, audience_of(organization)}
    return rows.filter(Q(organization=organization) | Q(organization=None, audience__in=audiences))


def buyable(organization: Organization, slug: str, at: datetime | None = None) -> Plan | None:
    """A plan this organization may buy, or the price of a single release, by slug."""
    plan = offered_to(organization, at).filter(slug=slug).first()
    return plan or public(organization.portal_id, at).filter(kind=Kind.CREDIT, slug=slug).first()


def paid_terms(organization: Organization) -> QuerySet[Term]:
    """Every term on a plan that is not the free one, first to end first; what was taken back is not among them."""
    rows = Term.objects.filter(organization=organization, taken_back_at=None).exclude(plan__kind=Kind.FREE)
    return rows.select_related("plan").order_by("ends_at", "pk")


def credits_left(organization: Organization) -> int:
    """Single releases an organization has not spent."""
    found = Credit.objects.filter(organization=organization).aggregate(left=Sum(F("count") - F("spent")))
    return int(found["left"] or 0)


def spendings(organization: Organization) -> QuerySet[Spending]:
    """What an organization paid for, latest first."""
    rows = Spending.objects.filter(organization=organization).select_related("term__plan", "sender")
    return rows.order_by("-spent_at", "-pk")


def free_key(organization: Organization, first: datetime) -> str:
    """The key of an organization's free month, by its first moment (UTC)."""
    return f"free:{organization.pk}:{first:%Y%m%dT%H%M}"


def _free_left(organization: Organization, free: Plan, now: datetime) -> int | None:
    first, _next = month_of(now, organization.portal.time_zone)
    month = Term.objects.filter(key=free_key(organization, first)).first()
    return month.left if month else free.allowance
