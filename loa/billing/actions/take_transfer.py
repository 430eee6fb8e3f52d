"""Take a transfer: money came to the seller's account; the orders named in its note get it."""

import json
from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.billing.actions.allocate import allocate
from loa.billing.models import BankTransfer, Order
from loa.billing.providers.reading import Incoming
from loa.billing.queries import orders
from loa.billing.rules import codes
from loa.billing.rules.matching import shares
from loa.billing.states import LIVE
from loa.lib import vietnamese
from loa.portals.models import Portal


def take_transfer(actor: Actor, portal: Portal, incoming: Incoming, *, provider: str) -> BankTransfer:
    """Once per account and bank reference, however often it is told. Raises ValueError (no amount).

    What no order is named for stays unallocated, for a person to look at. So does all of a transfer whose reference
    stands already for another sum: it may be a bank's slip or somebody's, but it may not be lost.
    """
    if incoming.amount < 1:
        raise ValueError(f"no transfer of {incoming.amount}")
    with transaction.atomic():
        transfer, is_new = _row(portal, incoming, provider)
        if not is_new:
            return transfer
        found = _named(portal, transfer) if transfer.transaction_id == incoming.transaction_id else []
        given = shares(transfer.note, transfer.amount, orders.dues(found))
        for order in found:
            if order.code in given:
                allocate(actor, order, transfer, amount=given[order.code], key=f"transfer:{transfer.pk}")
        detail = {"amount": transfer.amount, "orders": given, "provider": provider}
        record(actor, act="take_transfer", subject=f"transfer:{transfer.public_id}", detail=detail)
    return transfer


def _row(portal: Portal, incoming: Incoming, provider: str) -> tuple[BankTransfer, bool]:
    note = vietnamese.kept(" ".join(incoming.note.split()))[:500]
    values = {
        "provider": provider, "amount": incoming.amount, "currency": incoming.currency, "note": note,
        "at": incoming.at, "raw": _keepable(incoming.raw), "unallocated": incoming.amount,
    }  # fmt: skip
    rows = BankTransfer.objects.filter(portal=portal, account=incoming.account)
    place = {"portal": portal, "account": incoming.account}
    row, is_new = rows.get_or_create(**place, transaction_id=incoming.transaction_id, defaults=values)
    if row.amount == incoming.amount and row.currency == incoming.currency:
        return row, is_new
    other = f"{incoming.transaction_id[:70]} ≠ {incoming.amount} {incoming.currency}"
    return rows.get_or_create(**place, transaction_id=other, defaults=values)


def _keepable(raw: dict[str, Any]) -> dict[str, Any]:
    """Without NUL, which PostgreSQL keeps in no JSON."""
    kept: dict[str, Any] = json.loads(json.dumps(raw).replace("\\u0000", ""))
    return kept


def _named(portal: Portal, transfer: BankTransfer) -> list[Order]:
    """The live orders whose codes stand in the note, locked."""
    named = [one.code for one in codes.found_in(transfer.note)]
    rows = Order.objects.select_for_update(of=("self",)).select_related("plan", "portal", "organization", "seller")
    live = rows.filter(portal=portal, code__in=named, state__in=LIVE, currency=transfer.currency)
    return list(live.order_by("pk"))
