"""Reads of the wire."""

from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from loa.lib import clock
from loa.wire.models import Beat, Delivery, State

# A beat is written every ten seconds; three missed are a dead worker.
ALIVE_WITHIN = timedelta(seconds=30)


def due(now: datetime, outlet: str, *, joined: bool = True) -> QuerySet[Delivery]:
    """An outlet's deliveries to carry now, in the order of the wire; those a dead worker had in hand too."""
    waiting = Q(state=State.PENDING, not_before__lte=now)
    left_behind = Q(state=State.LEASED, lease_until__lte=now)
    rows = Delivery.objects.filter(waiting | left_behind, outlet=outlet).order_by("notice_id", "id")
    return rows.select_related("notice__entry__current", "notice__entry__portal", "notice__version") if joined else rows


def waiting() -> int:
    """How many deliveries have not arrived."""
    return Delivery.objects.exclude(state=State.DONE).count()


def last_beat() -> datetime | None:
    """When a worker last gave a sign of life."""
    found: datetime | None = Beat.objects.aggregate(last=Max("at"))["last"]
    return found


def is_alive() -> bool:
    """Say whether a worker is at work."""
    last = last_beat()
    return last is not None and clock.now() - last < ALIVE_WITHIN
