"""Take on: whoever brings an archive in carries it to the search index too, ahead of the worker."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import clock
from loa.lib.rows import insert
from loa.wire.actions.carry import LEASE
from loa.wire.models import Delivery, State

OUTLET = "search-past"


def take_on(entries: Iterable[Entry]) -> list[int]:
    """Holds these entries' deliveries under a lease, inside the transaction that made them; a worker adds none.

    Answers the numbers of their notices.
    """
    now, notices = clock.now(), archive.notices_of(entries)
    kept = {"outlet": OUTLET, "state": State.LEASED.value, "not_before": now, "lease_until": now + LEASE}
    insert([Delivery(notice_id=notice, **kept) for notice in notices])
    return notices


def settle(notices: Sequence[int], is_done: bool) -> None:
    """Notes that they were carried, or leaves them to a worker, at once."""
    done = {"state": State.DONE, "done_at": clock.now()} if is_done else {"state": State.PENDING}
    with transaction.atomic():
        Delivery.objects.filter(notice__in=notices, outlet=OUTLET, state=State.LEASED).update(lease_until=None, **done)
