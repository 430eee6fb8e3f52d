"""Look: the worker reads pages that were written down, and opens each again every night."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from loa.coverage.models import Clipping
from loa.lib import clock, domains, looks, outside
from loa.lib.looks import Fetch
from loa.lib.safe_fetch import CannotFetch, Fetched, Limits, fetch
from loa.limits.actions.take import take

AT_ONCE = 5
LEASE = timedelta(minutes=5)  # whoever died over a page leaves it to the next
APART = timedelta(hours=12)
BETWEEN = 10  # seconds in which one server is asked once by night
LIMITS = Limits(most_bytes=3_000_000, seconds=8.0, redirects=4, schemes=("https", "http"))
PAGES = ("text/html", "application/xhtml+xml")


def look_at_coverage(*, fetcher: Fetch = fetch) -> bool:
    """Open a few; whether there may be more. Each is taken by moving its moment on, so none is opened twice at once."""
    if not settings.LOA_CHECK_LINKS:
        return False
    due = list(islice(_due(), AT_ONCE))
    for row in due:
        (_look if row.read_at else _read)(row, fetcher)
    return len(due) == AT_ONCE


def _due() -> Iterator[Clipping]:
    """New ones first: somebody waits for them."""
    now = clock.now()
    rows = Clipping.objects.filter(due_at__lte=now).select_related("entry__portal")
    for row in rows.order_by(F("read_at").asc(nulls_first=True), "due_at")[: AT_ONCE * 10]:
        if row.read_at and not take(f"coverage.host:{row.host}", limit=1, seconds=BETWEEN):
            continue
        again = now + LEASE if row.read_at is None else _night(row, now)
        if Clipping.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=again):
            yield row


def _night(row: Clipping, now: datetime) -> datetime:
    return looks.next_night(now + APART, ZoneInfo(row.entry.portal.time_zone), row.digest)


def _read(row: Clipping, fetcher: Fetch) -> None:
    """What the page says of itself, unless somebody was faster and typed it."""
    said, trouble = outside.Page(), ""
    try:
        found = fetcher(row.url, limits=LIMITS)
    except CannotFetch as error:
        trouble = looks.named(error) or "closed"
    else:
        said, trouble = _said(found)
    now = clock.now()
    outlet = said.outlet or domains.shown(row.host.removeprefix("www."))
    with transaction.atomic():
        untyped = Clipping.objects.filter(pk=row.pk, confirmed_at=None)
        untyped.update(title=said.title, outlet=outlet[: outside.LONGEST_OUTLET], published_on=said.day)
        Clipping.objects.filter(pk=row.pk).update(read_at=now, trouble=trouble, due_at=_night(row, now))


def _said(found: Fetched) -> tuple[outside.Page, str]:
    if found.content_type not in PAGES:
        return outside.Page(), "no_page"
    page = outside.read(found.body)
    return page, "" if page.title else "no_page"


def _look(row: Clipping, fetcher: Fetch) -> None:
    """What cannot be told changes nothing but the moment."""
    answer, _leads_to = looks.look(row.url, fetcher)
    now = clock.now()
    if not answer:
        Clipping.objects.filter(pk=row.pk).update(looked_at=now)
    elif answer == row.answer:
        Clipping.objects.filter(pk=row.pk).update(looked_at=now, nights=F("nights") + 1)
    else:
        Clipping.objects.filter(pk=row.pk).update(looked_at=now, nights=1, answer=answer)
