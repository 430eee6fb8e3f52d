"""Reads of plans, and of what an organization has of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans.models import Audience, Credit, Kind, OfferRequest, Plan, Spending, Term
from loa.plans.rules import audiences_of, is_lower, month_of, order_path, releases_a_month


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
        return not self.is_limited or self.is_unlimited or self.total > 0

    @property
    def free_used(self) -> int:
        """Releases of this month that cost nothing, where they are counted."""
        return (self.free.allowance or 0) - (self.free_left or 0) if self.free else 0

    @property
    def is_unlimited(self) -> bool:
        """Whether it may publish as much as it likes."""
        return None in (self.left, self.free_left)

    @property
    def total(self) -> int:
        """Releases left in all, where they are counted."""
        return (self.left or 0) + (self.free_left or 0) + self.credits


def standing(organization: Organization, at: datetime | None = None) -> Standing:
    """What an organization has now, or had and will have at another moment."""
    now = at or clock.now()
    running = list(paid_terms(organization).filter(starts_at__lte=now, ends_at__gt=now))
    best = max(running, key=lambda term: (releases_a_month(term.plan), term.plan.price, term.ends_at), default=None)
    free = free_plan(organization, now)
    lefts = [term.left for term in running]
    return Standing(
        is_limited=has_plans(organization.portal_id),
        plan=best.plan if best else None,
        term=best,
        left=None if None in lefts else sum(left or 0 for left in lefts),
        credits=credits_left(organization),
        free=free,
        free_left=_free_left(organization, free, now) if free else 0,
        renews_at=_renews_at(organization, free, now),
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


def free_plan(organization: Organization, at: datetime | None = None) -> Plan | None:
    """What an organization has in a calendar month without paying: its own, else its kind's, else everybody's."""
    own = Q(organization=organization) | Q(organization=None, audience__in=audiences_of(organization))
    rows = valid(organization.portal_id, at).filter(own, is_offered=True, kind=Kind.FREE)
    return max(rows, key=_closeness, default=None)


def _closeness(plan: Plan) -> tuple[bool, bool]:
    return plan.organization_id is not None, plan.audience != Audience.EVERYONE


def credit_price(portal_id: int, at: datetime | None = None) -> Plan | None:
    """What a single release costs."""
    return public(portal_id, at).filter(kind=Kind.CREDIT).first()


def offered_to(organization: Organization, at: datetime | None = None) -> QuerySet[Plan]:
    """The plans an organization may buy: everyone's, those for its kind, and its own by contract."""
    rows = valid(organization.portal_id, at).filter(is_offered=True, kind=Kind.PLAN)
    return rows.filter(Q(organization=organization) | Q(organization=None, audience__in=audiences_of(organization)))


def buyable(organization: Organization, slug: str, at: datetime | None = None) -> Plan | None:
    """A plan this organization may buy, or the price of a single release, by slug."""
    plan = offered_to(organization, at).filter(slug=slug).first()
    return plan or public(organization.portal_id, at).filter(kind=Kind.CREDIT, slug=slug).first()


def paid_terms(organization: Organization) -> QuerySet[Term]:
    """Every term on a plan that is not the free one, first to end first; what was taken back is not among them."""
    rows = Term.objects.filter(organization=organization, taken_back_at=None).exclude(plan__kind=Kind.FREE)
    return rows.select_related("plan").order_by("ends_at", "pk")


def coming(organization: Organization) -> QuerySet[Term]:
    """The terms that run or are paid for the time afterwards."""
    return paid_terms(organization).filter(ends_at__gt=clock.now())


def first_free_moment(organization: Organization, plan: Plan, *, before: datetime | None = None) -> datetime:
    """When every term ends that is not on a lower plan, else now (UTC); `before`: of those that begin earlier."""
    terms = coming(organization)
    if before is not None:
        terms = terms.filter(starts_at__lt=before)
    return max((term.ends_at for term in terms if not is_lower(term.plan, plan)), default=clock.now())


def credits_left(organization: Organization) -> int:
    """Single releases an organization has not spent."""
    found = Credit.objects.filter(organization=organization).aggregate(left=Sum(F("count") - F("spent")))
    return int(found["left"] or 0)


def spendings(organization: Organization) -> QuerySet[Spending]:
    """What an organization paid for, latest first."""
    rows = Spending.objects.filter(organization=organization).select_related("term__plan", "sender")
    return rows.order_by("-spent_at", "-pk")


@dataclass(frozen=True)
class PriceList:
    """What the public price page shows, in the order the operator gave it."""

    plans: list[Plan]  # for everyone, the free one first
    lines: list[tuple[str, list[bool]]]  # what is included, and in which of those plans
    others: list[tuple[str, list[Plan]]]  # an audience in words, and its plans
    credit: Plan | None

    def __bool__(self) -> bool:
        return bool(self.plans or self.others or self.credit)


def price_list(portal_id: int, language: str, at: datetime | None = None) -> PriceList:
    """Everything that is offered now, read at once; what is included in the words of a language of the interface."""
    rows = list(public(portal_id, at))
    plans = [row for row in rows if row.kind != Kind.CREDIT]
    everyone = sorted(
        (row for row in plans if row.audience == Audience.EVERYONE), key=lambda row: row.kind != Kind.FREE
    )
    included = {row.pk: row.included(language) for row in everyone}
    lines = list(dict.fromkeys(line for said in included.values() for line in said))
    others = [(str(audience.label), [row for row in plans if row.audience == audience]) for audience in Audience]
    return PriceList(
        plans=everyone,
        lines=[(line, [line in included[row.pk] for row in everyone]) for line in lines],
        others=[(words, found) for words, found in others[1:] if found],
        credit=next((row for row in rows if row.kind == Kind.CREDIT), None),
    )


@dataclass(frozen=True)
class Choice:
    """A plan an organization may choose now, as its page shows it."""

    plan: Plan
    path: str  # where it is ordered, without the prefix of a language
    is_current: bool
    is_lower: bool  # than the plan of now: begins when that ends
    is_next: bool  # they said so


def choices(organization: Organization, now: Standing) -> list[Choice]:
    """What is offered to an organization, beside what it has."""
    last = coming(organization).last()
    return [
        Choice(
            plan=plan, path=order_path(organization, plan),
            is_current=now.plan is not None and now.plan.slug == plan.slug,
            is_lower=now.plan is not None and now.plan.slug != plan.slug and not is_lower(now.plan, plan),
            is_next=last is not None and last.next_slug == plan.slug,
        )
        for plan in offered_to(organization)
    ]  # fmt: skip


@dataclass(frozen=True)
class Spent:
    """A spending as its page shows it."""

    row: Spending
    path: str  # the release at the writing desk
    sender: str  # empty where it is who paid


def spent_on(row: Spending) -> Spent:
    """What one release was spent on."""
    kind, _, public_id = row.key.partition(":")
    sender = row.sender.name if row.sender_id != row.organization_id else ""
    return Spent(row, f"/desk/releases/{public_id}" if kind == "release" else "", sender)


def free_key(organization: Organization, first: datetime) -> str:
    """The key of an organization's free month, by its first moment (UTC)."""
    return f"free:{organization.pk}:{first:%Y%m%dT%H%M}"


def _renews_at(organization: Organization, free: Plan | None, now: datetime) -> datetime | None:
    """The next calendar month where something is free, or a term that is paid already, whichever is sooner."""
    moments = [term.starts_at for term in paid_terms(organization).filter(starts_at__gt=now)]
    if free is not None and free.allowance != 0:
        moments.append(month_of(now, organization.portal.time_zone)[1])
    return min(moments, default=None)


def _free_left(organization: Organization, free: Plan, now: datetime) -> int | None:
    first, _next = month_of(now, organization.portal.time_zone)
    month = Term.objects.filter(key=free_key(organization, first)).first()
    return month.left if month else free.allowance


def may_publish(organization: Organization) -> bool:
    """Whether one more release of theirs may go out now."""
    return not has_plans(organization.portal_id) or standing(organization).may_publish


def open_requests(portal_id: int) -> QuerySet[OfferRequest]:
    """Who waits for an offer, oldest first."""
    return OfferRequest.objects.filter(portal_id=portal_id, answered_at=None).order_by("asked_at")


def answered_requests(portal_id: int, most: int = 50) -> QuerySet[OfferRequest]:
    """Those the desk has answered, latest first."""
    rows = OfferRequest.objects.filter(portal_id=portal_id).exclude(answered_at=None)
    return rows.select_related("answered_by").order_by("-answered_at")[:most]


def grantable(organization: Organization) -> QuerySet[Plan]:
    """What the desk may give an organization, sold at present or not: everybody's plans and its own by contract."""
    rows = valid(organization.portal_id).filter(kind=Kind.PLAN)
    return rows.filter(Q(organization=None) | Q(organization=organization))


def last_rows(portal_id: int) -> QuerySet[Plan]:
    """Each plan as it is, or will be from a day already settled; those by contract last."""
    rows = Plan.objects.filter(portal_id=portal_id, valid_until=None).select_related("organization")
    return rows.order_by(F("organization").asc(nulls_first=True), "position", "price", "pk")


def last_row(portal_id: int, slug: str) -> Plan | None:
    """A plan's latest row."""
    return last_rows(portal_id).filter(slug=slug).first()


def rows_before(plan: Plan) -> QuerySet[Plan]:
    """What a plan was before, latest first."""
    return Plan.objects.filter(portal=plan.portal_id, slug=plan.slug).exclude(pk=plan.pk).order_by("-valid_from")


def running_terms(portal_id: int) -> QuerySet[Term]:
    """Every paid term of a portal that runs or will run, first to end first."""
    rows = Term.objects.filter(organization__portal_id=portal_id, taken_back_at=None, ends_at__gt=clock.now())
    return rows.exclude(plan__kind=Kind.FREE).select_related("plan", "organization").order_by("ends_at", "pk")


def running_at(portal_id: int, at: datetime) -> list[tuple[Plan, int]]:
    """How many organizations were on each paid plan at a moment, by what the plan is called then; most first."""
    rows = Term.objects.filter(organization__portal_id=portal_id, starts_at__lte=at, ends_at__gt=at)
    rows = rows.exclude(taken_back_at__lte=at).exclude(plan__kind=Kind.FREE).order_by()
    counts = dict(rows.values_list("plan").annotate(Count("organization", distinct=True)))
    return sorted(((plan, counts[plan.pk]) for plan in Plan.objects.filter(pk__in=counts)), key=lambda one: -one[1])
