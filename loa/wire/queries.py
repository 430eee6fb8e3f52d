"""Reads of the wire."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from loa.archive.models import Notice
from loa.lib import clock, prepared
from loa.wire.models import Beat, Delivery, State

# A beat is written every ten seconds; three missed are a dead worker.
ALIVE_WITHIN = timedelta(seconds=30)


def due(now: datetime, outlet: str, *, joined: bool = True) -> QuerySet[Delivery]:
    """An outlet's deliveries to carry now, in the order of the wire; those a dead worker had in hand too."""
    rows = Delivery.objects.filter(_is_due(now), outlet=outlet).order_by("notice_id", "id")
    return rows.select_related("notice__entry__current", "notice__entry__portal", "notice__version") if joined else rows


def _is_due(now: datetime) -> Q:
    return Q(state=State.PENDING, not_before__lte=now) | Q(state=State.LEASED, lease_until__lte=now)


def outlets_due(now: datetime) -> set[str]:
    """The outlets that have something to carry now."""
    return {outlet for (outlet,) in prepared.tuples(_outlets_due, now=now)}


def _outlets_due(*, now: datetime) -> QuerySet[Delivery, tuple[str]]:
    return Delivery.objects.filter(_is_due(now)).values_list("outlet").distinct()


def last_beat() -> datetime | None:
    """When a worker last gave a sign of life."""
    found: datetime | None = Beat.objects.aggregate(last=Max("at"))["last"]
    return found


def is_alive() -> bool:
    """Say whether a worker is at work."""
    last = last_beat()
    return last is not None and clock.now() - last < ALIVE_WITHIN


@dataclass(frozen=True)
class Lag:
    """What an outlet has not been handed yet; `since` is when the oldest of it happened."""

    outlet: str
    waiting: int
    since: datetime


def lags() -> list[Lag]:
    """Every outlet that has something to carry, by its name; what was brought in from before is not late."""
    # Not “all but those that are done”: of these there are many, and no index leads past them.
    rows = Delivery.objects.filter(state__in=[State.PENDING, State.LEASED])
    rows = rows.exclude(notice__kind=Notice.Kind.BROUGHT_IN)
    found = rows.values("outlet").annotate(count=Count("id"), since=Min("notice__at")).order_by("outlet")
    return [Lag(row["outlet"], row["count"], row["since"]) for row in found]
