"""Refund: the operator has sent money back for a paid order; a credit note says so."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import Actor, record
from loa.billing import emails
from loa.billing.actions.allocate import granted_key
from loa.billing.actions.issue import issue_credit_note
from loa.billing.actions.locks import locked_order, locked_transfers
from loa.billing.errors import NotOperator, WrongAmount, WrongState
from loa.billing.models import Invoice, Move, Order, Paper, Payment
from loa.billing.queries import books, orders
from loa.billing.states import State
from loa.lib import clock
from loa.plans.actions.take_back import take_back


def refund(operator: Person, order: Order, *, amount: int, reason: str, key: str) -> Invoice:
    """Some of what was paid, or the rest of it: then what was granted is taken back, as far as it is not spent.

    Answers the credit note; the same key again answers the same one. Raises NotOperator, WrongState, WrongAmount.
    """
    if not operator.is_superuser:
        raise NotOperator
    who, note_key = actor(operator), f"refund:{order.code}:{key}"
    with transaction.atomic():
        bill = locked_order(order)
        found = Invoice.objects.filter(key=note_key).first()
        if found is not None:
            return found
        if bill.state != State.PAID:
            raise WrongState
        if not 0 < amount <= bill.paid:
            raise WrongAmount
        _send_back(who, bill, amount, note_key, reason)
        original = bill.invoices.get(paper=Paper.INVOICE)
        seller = orders.seller(bill.portal) or bill.seller
        note = issue_credit_note(original, seller, amount=amount, reason=reason, key=note_key)
        if bill.state == State.REFUNDED:
            take_back(who, granted_key(bill))
        emails.credit_note(bill, note)
        record(who, act="refund", subject=f"order:{bill.code}", detail={"amount": amount, "reason": reason})
    return note


def _send_back(who: Actor, bill: Order, amount: int, key: str, reason: str) -> None:
    """Lines of the ledger against the transfers that paid, the last one first."""
    held, left = books.held(bill), amount
    locked_transfers([transfer for transfer, _ in held])
    for transfer, most in held:
        part = min(left, most)
        if part:
            Payment.objects.create(
                transfer_id=transfer, order=bill, move=Move.REFUNDED, amount=part, key=key, reason=reason,
                actor=who.label,
            )  # fmt: skip
        left -= part
    bill.paid -= amount
    bill.refunded += amount
    if bill.paid == 0:
        bill.state, bill.closed_at = State.REFUNDED, clock.now()
    bill.save(update_fields=["paid", "refunded", "state", "closed_at"])
