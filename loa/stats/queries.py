"""Reads of views."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet, Sum

from loa.archive.models import Entry, State
from loa.stats.models import DailyViews


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
