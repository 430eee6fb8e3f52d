"""Take on: whoever brings an archive in carries it to the search index too, ahead of the worker."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import clock
from loa.wire.actions.carry import LEASE
from loa.wire.models import Delivery, State

OUTLET = "search-past"


def take_on(entries: Iterable[Entry]) -> list[int]:
    """Holds these entries' deliveries under a lease, inside the transaction that made them; a worker adds none."""
    now = clock.now()
    rows = Delivery.objects.bulk_create(
        Delivery(notice_id=notice, outlet=OUTLET, state=State.LEASED, not_before=now, lease_until=now + LEASE)
        for notice in archive.notices_of(entries)
    )
    return [row.pk for row in rows]


def settle(deliveries: Sequence[int], is_done: bool) -> None:
    """Notes that they were carried, or leaves them to a worker, at once."""
    done = {"state": State.DONE, "done_at": clock.now()} if is_done else {"state": State.PENDING}
    with transaction.atomic():
        Delivery.objects.filter(pk__in=deliveries, state=State.LEASED).update(lease_until=None, **done)
