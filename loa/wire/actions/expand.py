"""Makes one delivery of each notice for each outlet."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from loa.archive import queries as archive
from loa.archive.models import Notice
from loa.lib import clock
from loa.wire.models import Cursor, Delivery
from loa.wire.outlets import Outlet


def expand(outlets: Mapping[str, Outlet]) -> int:
    """Add deliveries for notices past each outlet's cursor; returns how many notices were taken up, counted by outlet.

    All outlets in one transaction: the search would wait for as many writes to the disk as there are outlets.
    """
    cursors = {cursor.outlet: cursor.notice for cursor in Cursor.objects.filter(outlet__in=outlets)}
    starts = {name: cursors.get(name, 0) for name in outlets}
    after = {start: archive.notices_after(start) for start in set(starts.values())}  # most stand at the same place
    found = {name: after[start] for name, start in starts.items() if after[start]}
    if not found:
        return 0
    with transaction.atomic():
        for name, notices in found.items():
            _expand_one(name, outlets[name], notices)
    return sum(len(notices) for notices in found.values())


def _expand_one(name: str, outlet: Outlet, notices: Sequence[Notice]) -> None:
    now = clock.now()
    rows = [Delivery(notice=notice, outlet=name, not_before=now) for notice in notices if outlet.takes(notice)]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    Cursor.objects.update_or_create(outlet=name, defaults={"notice": notices[-1].pk})
