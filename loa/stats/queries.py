"""Reads of views."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum

from loa.archive.models import Entry
from loa.stats.models import DailyViews


def views_of(entry_ids: Iterable[int]) -> dict[int, int]:
    """All views of each entry, those counted before it came here included."""
    ids = list(entry_ids)
    views = dict(Entry.objects.filter(pk__in=ids).values_list("id", "views_before"))
    for entry_id, total in DailyViews.objects.filter(entry_id__in=ids).values_list("entry_id").annotate(Sum("views")):
        views[entry_id] += total
    return views


def most_read(portal_id: int, *, since: date, limit: int = 5) -> list[int]:
    """The ids of the published entries read most since a day, most read first."""
    rows = DailyViews.objects.filter(entry__portal_id=portal_id, entry__state="published", day__gte=since)
    totals = rows.values_list("entry_id").annotate(total=Sum("views")).order_by("-total", "-entry_id")
    return [entry_id for entry_id, _ in totals[:limit]]
