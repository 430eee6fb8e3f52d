"""What the page of months shows: a portal's income, plans and doings, month by month, as plain values."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum

from loa.accounts.models import Person
from loa.archive.models import Entry, Notice
from loa.billing.queries import months as billing
from loa.billing.queries.months import Income
from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans import queries as plans
from loa.portals.models import Portal
from loa.stats.models import DailyViews
from loa.subscribers.models import Subscriber

ZERO = Income()


@dataclass(frozen=True)
class Month:
    """A month in the portal's zone: its first day, and where it begins and ends; the running one ends now."""

    first: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Doings:
    """What happened at a portal in a month; people are those of the whole installation."""

    month: Month
    published: int
    withdrawn: int
    organizations: int
    people: int
    readers: int
    views: int
    running: int  # organizations on a paid plan when the month ended


@dataclass(frozen=True)
class Months:
    """The newest month first; `books` is income by currency, `plans` how many were on each at the end of a month."""

    doings: list[Doings]
    books: dict[str, list[tuple[Month, Income]]]
    plans: list[tuple[str, list[int]]] = field(default_factory=list)


def months_back(now: datetime, zone: str, count: int) -> list[Month]:
    """So many months, the running one first."""
    where = ZoneInfo(zone)
    first = now.astimezone(where).date().replace(day=1)
    found, ends = [], now
    for _number in range(count):
        begins = datetime.combine(first, datetime.min.time(), where)
        found.append(Month(first, begins, ends))
        first, ends = (first - timedelta(days=1)).replace(day=1), begins
    return found


def months_of(portal: Portal, *, count: int, language: str) -> Months:
    """The last months of a portal."""
    spans = months_back(clock.now(), portal.time_zone, count)
    running = [plans.running_at(portal.pk, month.ends) for month in spans]
    names: Counter[str] = Counter()
    by_name = [Counter({plan.name(language): 0 for plan, _count in row}) for row in running]
    for counted, row in zip(by_name, running, strict=True):
        for plan, many in row:
            counted[plan.name(language)] += many
        names |= counted
    books = billing.income(portal, since=spans[-1].begins)
    return Months(
        doings=[_doings(portal, month, sum(counted.values())) for month, counted in zip(spans, by_name, strict=True)],
        books={
            currency: [(month, book.months.get(month.first, ZERO)) for month in spans]
            for currency, book in books.items()
        },
        plans=[(name, [counted[name] for counted in by_name]) for name, _most in names.most_common()],
    )  # fmt: skip


def _doings(portal: Portal, month: Month, running: int) -> Doings:
    withdrawn = Notice.objects.filter(entry__portal=portal, kind=Notice.Kind.WITHDRAWN)
    return Doings(
        month=month, running=running,
        published=_within(Entry.objects.filter(portal=portal), "published_at", month),
        withdrawn=_within(withdrawn, "at", month),
        organizations=_within(Organization.objects.filter(portal=portal), "created_at", month),
        people=_within(Person.objects.all(), "joined_at", month),
        readers=_within(Subscriber.objects.filter(portal=portal), "confirmed_at", month), views=_views(portal, month),
    )  # fmt: skip


def _within(rows: QuerySet[Any], name: str, month: Month) -> int:
    return rows.filter(**{f"{name}__gte": month.begins, f"{name}__lt": month.ends}).count()


def _views(portal: Portal, month: Month) -> int:
    """A month at a time, along the index of days; entries are joined only where there is another portal."""
    last = (month.first + timedelta(days=31)).replace(day=1)
    rows = DailyViews.objects.filter(day__gte=month.first, day__lt=last)
    if Portal.objects.exclude(pk=portal.pk).exists():
        rows = rows.filter(entry__portal=portal)
    found: int | None = rows.aggregate(all=Sum("views"))["all"]
    return found or 0
