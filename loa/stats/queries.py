"""Reads of views."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from loa.archive import queries as archive
from loa.archive.models import Entry, State, Version
from loa.coverage import queries as coverage
from loa.lib import domains
from loa.stats.models import DailyViews, Tally, What
from loa.stats.rules import MOST_SHOWN, RARE

_LINK = re.compile(r"""href=["']https?://([^/"'?#:@\\\s]+)""", re.IGNORECASE)


def views_of(entry_ids: Iterable[int]) -> dict[int, int]:
    """All views of each entry, those counted before it came here included."""
    ids = list(entry_ids)
    views = dict(Entry.objects.filter(pk__in=ids).values_list("id", "views_before"))
    for entry_id, total in DailyViews.objects.filter(entry_id__in=ids).values_list("entry_id").annotate(Sum("views")):
        views[entry_id] += total
    return views


def most_read(portal_id: int, *, days: Sequence[date], limit: int = 5) -> list[int]:
    """The ids of the published entries read most on some days, most read first.

    The days are named one by one, and the sums made before anything is joined: then both databases stay with the
    index of days, however long the history is. Only where other portals fill the first places are all sums joined.
    """
    sums = DailyViews.objects.filter(day__in=days).values_list("entry_id").annotate(total=Sum("views"))
    first = [entry_id for entry_id, _ in sums.order_by("-total", "-entry_id")[:_FIRST]]
    ours = set(_ours(portal_id).filter(pk__in=first).values_list("pk", flat=True))
    found = [entry_id for entry_id in first if entry_id in ours][:limit]
    if len(found) == limit or len(first) < _FIRST:
        return found
    return [entry_id for entry_id, _ in sums.filter(entry__in=_ours(portal_id)).order_by("-total", "-entry_id")[:limit]]


_FIRST = 100


def _ours(portal_id: int) -> QuerySet[Entry]:
    return Entry.objects.filter(portal_id=portal_id, state=State.PUBLISHED)


def views_since(entry_ids: Iterable[int], day: date) -> dict[int, int]:
    """How often each entry was read from a day on; none of those nobody read."""
    rows = DailyViews.objects.filter(entry_id__in=list(entry_ids), day__gte=day)
    return dict(rows.values_list("entry_id").annotate(Sum("views")))


def hosts_of(entry_ids: Iterable[int]) -> dict[int, set[str]]:
    """The hosts each entry's texts ever linked to, its sender's website too; written as browsers say them."""
    found: dict[int, set[str]] = defaultdict(set)
    ids = list(entry_ids)
    for pk, body, source, documents in Version.objects.filter(entry_id__in=ids).values_list(
        "entry_id", "body_html", "source_url", "documents"
    ):
        addresses = [source, *(str(document.get("url", "")) for document in documents)]
        found[pk] |= _hosts_in(body) | _hosts_in(" ".join(f'href="{one}"' for one in addresses))
    for pk, website in Entry.objects.filter(pk__in=ids).values_list("pk", "organization__website"):
        found[pk] |= _hosts_in(f'href="{website}"')
    return found


def _hosts_in(markup: str) -> set[str]:
    return {domains.in_ascii(host) for host in _LINK.findall(markup)}


@dataclass(frozen=True)
class Line:
    """What one entry did in a span of days."""

    entry: Entry
    views: int = 0
    reads: int = 0
    clicks: int = 0
    clippings: int = 0  # pages elsewhere that tell of it, of all time


@dataclass(frozen=True)
class Numbers:
    """What some entries did from `first` to `last`, both included: views by day, and what else.

    `totals` by thing; `named` the names that came up most, by thing, rare words left out.
    """

    first: date
    last: date
    days: list[tuple[date, int]]
    totals: dict[str, int] = field(default_factory=dict)
    named: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def views(self) -> int:
        """All of them."""
        return sum(views for _day, views in self.days)

    def total(self, what: str) -> int:
        """How often a thing happened."""
        return self.totals.get(what, 0)


def of_organization(organization_id: int) -> QuerySet[Entry]:
    """The entries it sent, those with others too."""
    return Entry.objects.filter(archive.by_sender(organization_id))


def numbers(entries: QuerySet[Entry], *, first: date, last: date) -> Numbers:
    """Three reads, whatever the number of entries; days on which nobody came stand as nought."""
    span = _span(entries, first, last)
    by_day = dict(DailyViews.objects.filter(**span).values_list("day").annotate(Sum("views")))
    rows = Tally.objects.filter(**span)
    totals = dict(rows.values_list("what").annotate(Sum("count")))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Numbers(first, last, [(day, by_day.get(day, 0)) for day in days], totals, _most_named(rows))


def _most_named(rows: QuerySet[Tally]) -> dict[str, list[tuple[str, int]]]:
    sums = rows.values("what", "name").annotate(total=Sum("count")).exclude(what=What.WORD, total__lt=RARE)
    place = Window(RowNumber(), partition_by=F("what"), order_by=[F("total").desc(), "name"])
    first = sums.annotate(place=place).filter(place__lte=MOST_SHOWN).order_by("what", "place")
    named: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in first:
        named[row["what"]].append((row["name"], row["total"]))
    return dict(named)


def views_between(entries: QuerySet[Entry], *, first: date, last: date) -> int:
    """How often they were read from a day to another, both included."""
    found: int | None = DailyViews.objects.filter(**_span(entries, first, last)).aggregate(all=Sum("views"))["all"]
    return found or 0


def _span(entries: QuerySet[Entry], first: date, last: date) -> dict[str, Any]:
    return {"entry__in": entries.order_by().values("pk"), "day__gte": first, "day__lte": last}


def lines(entries: QuerySet[Entry], *, first: date, last: date, most: int = 100) -> list[Line]:
    """Each entry's own, the most read first; those nobody came to last, the newest of them first."""
    span = _span(entries, first, last)
    views = dict(DailyViews.objects.filter(**span).values_list("entry_id").annotate(Sum("views")))
    counted: dict[str, dict[int, int]] = {"read": {}, "click": {}}
    for what, found in counted.items():
        found |= dict(Tally.objects.filter(**span, what=what).values_list("entry_id").annotate(Sum("count")))
    first_ones = sorted(views, key=lambda pk: -views[pk])[:most]
    headed = entries.select_related("current").defer("current__body_html", "current__body_text")
    rows = {row.pk: row for row in headed.filter(pk__in=first_ones)}
    rest = headed.exclude(pk__in=first_ones).order_by("-published_at", "-pk")
    shown = [rows[pk] for pk in first_ones if pk in rows] + list(rest[: most - len(rows)])
    told = coverage.counts(row.pk for row in shown)
    return [
        Line(row, *(found.get(row.pk, 0) for found in (views, counted["read"], counted["click"], told)))
        for row in shown
    ]
