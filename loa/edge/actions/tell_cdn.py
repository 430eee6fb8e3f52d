"""Tells the CDN in front of the portal what became stale: in batches, again after a pause, and twice."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from loa.edge.cdn import AT_ONCE, Cdn, NotPurged
from loa.edge.models import Outside
from loa.lib import clock

ROWS = 200
ONCE_MORE = timedelta(seconds=10)  # a CDN that fetched a page before the commit may lay it down after the first purge
LONGEST_PAUSE = 600  # seconds


def tell_cdn() -> bool:
    """Send what is due, one request; says whether there is more. Told twice does no harm, so no row is leased."""
    cdn: Cdn | None = settings.LOA_CDN
    rows, tags = _batch() if cdn is not None else ([], set())
    if cdn is None or not rows:
        return False
    mine = Outside.objects.filter(pk__in=[row.pk for row in rows])
    try:
        cdn.purge(tags)
    except NotPurged as error:
        _wait(mine, max(row.attempts for row in rows), str(error))
        return False
    mine.filter(times_told__gte=1).delete()
    mine.filter(times_told=0).update(times_told=1, attempts=0, error="", not_before=clock.now() + ONCE_MORE)
    return True


def _batch() -> tuple[list[Outside], set[str]]:
    """The oldest that are due, as many as one request takes."""
    rows: list[Outside] = []
    tags: set[str] = set()
    for row in Outside.objects.filter(not_before__lte=clock.now()).order_by("pk")[:ROWS]:
        more = tags | set(row.tags.split("\n"))
        if len(more) > AT_ONCE and rows:
            break
        rows, tags = [*rows, row], more
    return rows, tags


def _wait(rows: QuerySet[Outside], attempts: int, error: str) -> None:
    pause = min(LONGEST_PAUSE, 2 ** min(attempts + 1, 12))
    rows.update(attempts=attempts + 1, error=error[:2000], not_before=clock.now() + timedelta(seconds=pause))
