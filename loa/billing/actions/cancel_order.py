"""Cancel an order that is not wholly paid; what came for it is free for another one, or to be sent back."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.billing.actions.locks import locked_order, locked_transfers
from loa.billing.errors import NotOwner, WrongState
from loa.billing.models import Move, Order, Payment
from loa.billing.queries import books
from loa.billing.states import LIVE, State
from loa.lib import clock
from loa.organizations.queries import is_owner


def cancel_order(person: Person, order: Order) -> Order:
    """By an owner or the operator; a cancelled one stays as it is. Raises NotOwner, WrongState."""
    if not (person.is_superuser or is_owner(person, order.organization)):
        raise NotOwner
    who = actor(person)
    with transaction.atomic():
        bill = locked_order(order)
        if bill.state == State.CANCELLED:
            return bill
        if bill.state not in LIVE:
            raise WrongState
        held = books.held(bill)
        transfers = locked_transfers([key for key, _ in held])
        for key, amount in held:
            transfer = transfers[key]
            Payment.objects.create(
                transfer=transfer, order=bill, move=Move.RELEASED, amount=amount, key="cancel", actor=who.label
            )
            transfer.unallocated += amount
            transfer.save(update_fields=["unallocated"])
        released, bill.paid = bill.paid, 0
        bill.state, bill.closed_at = State.CANCELLED, clock.now()
        bill.save(update_fields=["paid", "state", "closed_at"])
        record(who, act="cancel_order", subject=f"order:{bill.code}", detail={"released": released})
    return bill
