"""Reads of the money: transfers, what became of them, and whether every đồng is where the ledger says."""

from collections import Counter as Sums

from django.db.models import F, QuerySet, Sum

from loa.billing.models import BankTransfer, Counter, Invoice, Move, Order, Payment
from loa.billing.rules.papers import digest_of
from loa.billing.states import State
from loa.portals.models import Portal

_TO_THE_ORDER = {Move.ALLOCATED: 1, Move.RELEASED: -1, Move.REFUNDED: -1}


def transfers(portal: Portal) -> QuerySet[BankTransfer]:
    """Every transfer to a portal's seller, the newest first."""
    return BankTransfer.objects.filter(portal=portal).order_by("-at", "-pk")


def unmatched(portal: Portal) -> QuerySet[BankTransfer]:
    """Transfers of which some has gone to no order and has not been sent back, the oldest first."""
    return BankTransfer.objects.filter(portal=portal, unallocated__gt=0).order_by("at", "pk")


def held(order: Order) -> list[tuple[int, int]]:
    """What an order holds of each transfer, as transfer's key and amount, what came last first."""
    sums: Sums[int] = Sums()
    for row in Payment.objects.filter(order=order).order_by("pk"):
        sums[row.transfer_id] += _TO_THE_ORDER[Move(row.move)] * row.amount
    return [(transfer, amount) for transfer, amount in reversed(sums.items()) if amount > 0]


def ledger(order: Order) -> QuerySet[Payment]:
    """What happened to an order's money, in order."""
    return Payment.objects.filter(order=order).select_related("transfer").order_by("pk")


def totals(portal: Portal) -> dict[str, int]:
    """What came in, and where it is now: in = allocated + unallocated + refunded, always."""
    rows = BankTransfer.objects.filter(portal=portal)
    sums = rows.aggregate(came=Sum("amount"), unallocated=Sum("unallocated"))
    moved = dict(
        Payment.objects.filter(transfer__portal=portal).values_list("move").annotate(Sum("amount"))  # by what happened
    )
    on_orders = Order.objects.filter(portal=portal).aggregate(paid=Sum("paid"))["paid"]
    return {
        "came": sums["came"] or 0, "unallocated": sums["unallocated"] or 0, "allocated": on_orders or 0,
        "refunded": moved.get(Move.REFUNDED, 0),
    }  # fmt: skip


def is_balanced(portal: Portal) -> bool:
    """Whether money in is all accounted for, by sums alone; `faults` looks at every line."""
    found = totals(portal)
    return found["came"] == found["allocated"] + found["unallocated"] + found["refunded"]


def faults(portal: Portal) -> list[str]:
    """What does not add up, counted again from the ledger's lines; empty as long as all is well."""
    moved = _moved(portal)
    wrong = [
        f"transfer {row.public_id}: {row.unallocated} unallocated, {row.amount - moved['transfer', row.pk]} by ledger"
        for row in transfers(portal)
        if row.unallocated != row.amount - moved["transfer", row.pk]
    ]
    for order in Order.objects.filter(portal=portal):
        told = (order.paid, order.refunded)
        counted = (moved["order", order.pk], moved["back", order.pk])
        if told != counted:
            wrong.append(f"order {order.code}: paid and refunded are {told}, {counted} by the ledger")
    billed = Order.objects.filter(portal=portal, state__in=(State.PAID, State.REFUNDED))
    unlike = billed.annotate(billed=Sum("invoices__total")).exclude(billed=F("paid"))
    wrong += [f"order {order.code}: {order.paid} paid, {order.billed} on its papers" for order in unlike]
    return wrong + _paper_faults(portal)


def _paper_faults(portal: Portal) -> list[str]:
    """Numbers that are missing, and papers that say something else than when they were issued."""
    wrong = []
    for counter in Counter.objects.filter(portal=portal):
        of_series = Invoice.objects.filter(portal=portal, tax_code=counter.tax_code, series=counter.series)
        numbers = list(of_series.order_by("number").values_list("number", flat=True))
        if numbers != list(range(1, counter.last + 1)):
            wrong.append(f"series {counter.series}: {counter.last} numbers, {len(numbers)} papers")
    rows = Invoice.objects.filter(portal=portal).iterator(chunk_size=500)
    changed = [row for row in rows if row.digest != digest_of(row.data) or row.total != row.data["total"]]
    return wrong + [f"paper {row}: it is not as it was issued" for row in changed]


def _moved(portal: Portal) -> Sums[tuple[str, int]]:
    """How much left each transfer, stayed on each order, and went back from it."""
    sums: Sums[tuple[str, int]] = Sums()
    for row in Payment.objects.filter(transfer__portal=portal):
        sign = _TO_THE_ORDER[Move(row.move)]
        if row.order_id is not None:
            sums["order", row.order_id] += sign * row.amount
            sums["back", row.order_id] += row.amount if row.move == Move.REFUNDED else 0
        if row.order_id is None or row.move != Move.REFUNDED:  # refunded from an order: it had left the transfer before
            sums["transfer", row.transfer_id] += row.amount if row.order_id is None else sign * row.amount
    return sums
