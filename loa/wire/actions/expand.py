"""Makes one delivery of each notice for each outlet."""

from collections.abc import Mapping

from django.db import transaction

from loa.archive import queries as archive
from loa.lib import clock
from loa.wire.models import Cursor, Delivery
from loa.wire.outlets import Outlet


def expand(outlets: Mapping[str, Outlet]) -> int:
    """Add deliveries for notices past each outlet's cursor; returns how many notices were taken up."""
    return sum(_expand_one(name, outlet) for name, outlet in outlets.items())


def _expand_one(name: str, outlet: Outlet) -> int:
    cursor = Cursor.objects.filter(outlet=name).first() or Cursor(outlet=name)
    notices = archive.notices_after(cursor.notice)
    if not notices:
        return 0
    now = clock.now()
    with transaction.atomic():
        rows = [Delivery(notice=notice, outlet=name, not_before=now) for notice in notices if outlet.takes(notice)]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        cursor.notice = notices[-1].pk
        Cursor.objects.update_or_create(outlet=name, defaults={"notice": cursor.notice})
    return len(notices)
