"""Allocate: some of a transfer goes to an order; what is wholly paid is granted, billed and receipted at once."""

from loa.audit.actions.record import Actor
from loa.billing import emails
from loa.billing.actions.issue import issue_invoice
from loa.billing.errors import WrongAmount, WrongState
from loa.billing.models import BankTransfer, Move, Order, Payment
from loa.billing.queries import orders
from loa.billing.states import LIVE, State
from loa.lib import clock
from loa.plans.actions.add_credits import add_credits
from loa.plans.actions.grant import grant
from loa.plans.models import Kind


def allocate(actor: Actor, order: Order, transfer: BankTransfer, *, amount: int, key: str) -> None:
    """Both rows are locked by the caller, the order first. Raises WrongState, WrongAmount."""
    if order.state not in LIVE or order.currency != transfer.currency:
        raise WrongState
    if not 0 < amount <= min(order.missing, transfer.unallocated):
        raise WrongAmount
    Payment.objects.create(
        transfer=transfer, order=order, move=Move.ALLOCATED, amount=amount, key=key, actor=actor.label
    )
    transfer.unallocated -= amount
    transfer.save(update_fields=["unallocated"])
    order.paid += amount
    order.state = State.PAID if order.paid == order.amount else State.PARTIALLY_PAID
    order.paid_at = clock.now() if order.state == State.PAID else None
    order.save(update_fields=["paid", "state", "paid_at"])
    if order.state == State.PAID:
        _fulfil(actor, order)


def _fulfil(actor: Actor, order: Order) -> None:
    """The invoice first: its counter is locked before what `plans` locks."""
    invoice = issue_invoice(order, orders.seller(order.portal) or order.seller)
    key = granted_key(order)
    if order.plan.kind == Kind.CREDIT:
        add_credits(actor, order.organization, order.quantity, key=key)
    else:
        grant(actor, order.organization, order.plan, key=key)
    emails.receipt(order, invoice)


def granted_key(order: Order) -> str:
    """What `plans` knows an order's terms or credits by."""
    return f"order:{order.code}"
