"""Carries what is due: claim with a lease, call the outlet outside any transaction, settle."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from loa.archive.models import Notice
from loa.lib import clock
from loa.wire import queries
from loa.wire.models import Delivery, State

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = 3600

log = logging.getLogger(__name__)


def carry_due(outlets: Mapping[str, Callable[[Notice], None]], limit: int = 100) -> int:
    """Carry up to `limit` deliveries; returns how many arrived."""
    rows = list(queries.due(clock.now(), outlets)[:limit])
    return sum(_carry(row, outlets[row.outlet]) for row in rows if claim(row))


def claim(row: Delivery) -> bool:
    """Take a delivery in hand unless another worker was quicker."""
    now = clock.now()
    taken = queries.due(now, [row.outlet], joined=False).order_by().filter(pk=row.pk)
    return taken.update(state=State.LEASED, lease_until=now + LEASE) == 1


def _carry(row: Delivery, outlet: Callable[[Notice], None]) -> bool:
    """Hand one notice over; a failure of any kind is the outlet's own, waits and is tried again."""
    try:
        outlet(row.notice)
    except Exception as error:  # noqa: BLE001 -- whatever an outlet raises must not stop the others
        log.warning("%s did not take notice %s: %r", row.outlet, row.notice_id, error)
        attempts = row.attempts + 1
        pause = timedelta(seconds=min(LONGEST_PAUSE, 2 ** min(attempts, 12)))
        _settle(row, state=State.PENDING, attempts=attempts, not_before=clock.now() + pause, error=repr(error)[:2000])
        return False
    _settle(row, state=State.DONE, done_at=clock.now(), error="")
    return True


def _settle(row: Delivery, **values: object) -> None:
    Delivery.objects.filter(pk=row.pk, state=State.LEASED).update(lease_until=None, **values)
