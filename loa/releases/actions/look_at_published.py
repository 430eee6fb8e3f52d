"""Look at published: the worker opens by night what published releases lead to, one address a server at a time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min

from loa.lib import clock
from loa.lib.looks import Fetch, look, next_night
from loa.lib.safe_fetch import fetch
from loa.limits.actions.take import take
from loa.releases.models import PublicLink

AT_ONCE = 5  # servers asked in one turn, one after another
BETWEEN = 10  # seconds in which one server is asked once
APART = timedelta(hours=12)  # at least, between two looks at one address: two nights are never one
ONLINE = timedelta(hours=1)


def look_at_published(*, fetcher: Fetch = fetch) -> int:
    """How many addresses were opened. An address that many releases have is opened once for all of them.

    It is taken by moving its moment on: two workers never open the same one, and one that died looks the next night.
    """
    if not settings.LOA_CHECK_LINKS:
        return 0
    now, opened = clock.now(), 0
    for host in _hosts(now):
        if opened == AT_ONCE:
            break
        if not take(f"releases.links:{host}", limit=1, seconds=BETWEEN):
            continue
        link = _taken(host, now)
        if link is not None:
            _settle(link, *look(link.url, fetcher))
            opened += 1
    return opened


def _hosts(now: datetime) -> list[str]:
    due = PublicLink.objects.filter(due_at__lte=now).values("host").annotate(first=Min("due_at"))
    return list(due.order_by("first").values_list("host", flat=True)[:50])


def _taken(host: str, now: datetime) -> PublicLink | None:
    rows = PublicLink.objects.filter(host=host, due_at__lte=now).select_related("release__organization__portal")
    link = rows.order_by("due_at").first()
    if link is None:
        return None
    again = next_night(now + APART, ZoneInfo(link.release.organization.portal.time_zone), link.digest)
    is_ours = PublicLink.objects.filter(pk=link.pk, due_at=link.due_at).update(due_at=again)
    PublicLink.objects.filter(digest=link.digest).update(due_at=again)
    return link if is_ours else None


def _settle(link: PublicLink, answer: str, leads_to: str) -> None:
    """What cannot be told changes nothing but the moment, and neither does a silence that may be our own."""
    now = clock.now()
    rows = PublicLink.objects.filter(digest=link.digest)
    with transaction.atomic():
        rows.update(looked_at=now)
        if not answer or (answer in ("nobody", "silent") and not _is_online(link.host, now)):
            return
        is_same = list(rows.filter(answer=answer, leads_to=leads_to).values_list("pk", flat=True))
        rows.filter(pk__in=is_same).update(nights=F("nights") + 1)
        rows.exclude(pk__in=is_same).update(answer=answer, leads_to=leads_to, since=now, nights=1, is_left=False)


def _is_online(host: str, now: datetime) -> bool:
    """Whether some other server answered lately; where none did, the fault may lie on our side."""
    others = PublicLink.objects.filter(looked_at__gte=now - ONLINE).exclude(host=host)
    return others.filter(answer__in=["ok", "moved", "404", "410"]).exists()
