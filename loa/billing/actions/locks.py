"""Rows held until the end of the transaction, with what the acts read of them."""

from loa.billing.models import BankTransfer, Order


def locked_order(order: Order) -> Order:
    """The order as it is now; it is locked before any transfer."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("plan", "portal", "organization", "seller")
    return rows.get(pk=order.pk)


def locked_transfer(transfer: BankTransfer) -> BankTransfer:
    """The transfer as it is now."""
    return BankTransfer.objects.select_for_update().get(pk=transfer.pk)


def locked_transfers(keys: list[int]) -> dict[int, BankTransfer]:
    """Several, by key."""
    return {row.pk: row for row in BankTransfer.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
