"""Carries what is due: claim with a lease, call the outlet outside any transaction, settle."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from loa.lib import clock
from loa.wire import queries
from loa.wire.models import Delivery, State
from loa.wire.outlets import Outlet

AT_ONCE, ONE_BY_ONE = 100, 2  # of an outlet in one round; what came meanwhile waits so long, for the index above all
LEASE = timedelta(minutes=2)
LONGEST_PAUSE = 3600

log = logging.getLogger(__name__)


def carry_due(outlets: Mapping[str, Outlet]) -> int:
    """Carry some deliveries of each outlet, more of those that take many at once; returns how many were in hand."""
    waiting = queries.outlets_due(clock.now())  # mostly none, and asking for each by itself kept a processor busy
    return sum(_carry_for(name, outlet) for name, outlet in outlets.items() if name in waiting)


def claim(row: Delivery) -> bool:
    """Take a delivery in hand unless another worker was quicker."""
    now = clock.now()
    taken = queries.due(now, row.outlet, joined=False).order_by().filter(pk=row.pk)
    return taken.update(state=State.LEASED, lease_until=now + LEASE) == 1


def claim_all(rows: Sequence[Delivery]) -> list[Delivery]:
    """Take those of one outlet in hand that no other worker was quicker to take; the lease's moment says whose."""
    now = clock.now()
    lease, keys = now + LEASE, [row.pk for row in rows]
    queries.due(now, rows[0].outlet, joined=False).order_by().filter(pk__in=keys).update(
        state=State.LEASED, lease_until=lease
    )
    mine = Delivery.objects.filter(pk__in=keys, state=State.LEASED, lease_until=lease).values_list("pk", flat=True)
    taken = set(mine)
    return [row for row in rows if row.pk in taken]


def _carry_for(name: str, outlet: Outlet) -> int:
    most = AT_ONCE if outlet.carry_all is not None else ONE_BY_ONE
    rows = list(queries.due(clock.now(), name)[:most])
    if outlet.carry_all is not None and len(rows) > 1 and _carry_at_once(rows, outlet):
        return len(rows)
    mine = 0  # those that fail too: more may be due behind them, and nobody waits for a round in which all fail
    for row in rows:
        if claim(row):
            mine += 1
            _carry(row, outlet)
    return mine


def _carry_at_once(rows: Sequence[Delivery], outlet: Outlet) -> bool:
    """Hand all over in one go; when that fails each goes alone, so that one bad notice stops no other."""
    mine = claim_all(rows)
    try:
        if outlet.carry_all is not None:
            outlet.carry_all([row.notice for row in mine])
    except Exception as error:  # noqa: BLE001 -- whatever an outlet raises must not stop the others
        log.warning("%s did not take %d notices at once: %r", rows[0].outlet, len(mine), error)
        _settle(mine, state=State.PENDING)
        return False
    _settle(mine, state=State.DONE, done_at=clock.now(), error="")
    return True


def _carry(row: Delivery, outlet: Outlet) -> None:
    """Hand one notice over; a failure of any kind is the outlet's own, waits and is tried again."""
    try:
        outlet.carry(row.notice)
    except Exception as error:  # noqa: BLE001 -- whatever an outlet raises must not stop the others
        log.warning("%s did not take notice %s: %r", row.outlet, row.notice_id, error)
        attempts = row.attempts + 1
        pause = timedelta(seconds=min(LONGEST_PAUSE, 2 ** min(attempts, 12)))
        values = {"attempts": attempts, "not_before": clock.now() + pause, "error": repr(error)[:2000]}
        _settle([row], state=State.PENDING, **values)
    else:
        _settle([row], state=State.DONE, done_at=clock.now(), error="")


def _settle(rows: Sequence[Delivery], **values: object) -> None:
    mine = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=State.LEASED)
    mine.update(lease_until=None, **values)
