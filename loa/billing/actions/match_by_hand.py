"""Match by hand: the operator says which order some unallocated money is for."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.billing.actions.allocate import allocate
from loa.billing.actions.locks import locked_order, locked_transfer
from loa.billing.errors import NotOperator
from loa.billing.models import BankTransfer, Order, Payment


def match_by_hand(operator: Person, transfer: BankTransfer, order: Order, *, key: str) -> int:
    """Gives the order what it misses, as far as the transfer goes; answers how much. The same key again gives nothing.

    Raises NotOperator, WrongState, WrongAmount (nothing is left).
    """
    if not operator.is_superuser or transfer.portal_id != order.portal_id:
        raise NotOperator
    with transaction.atomic():
        bill, money = locked_order(order), locked_transfer(transfer)
        found = Payment.objects.filter(key=f"hand:{key}", transfer=money, order=bill).first()
        if found is not None:
            return found.amount
        amount = min(bill.missing, money.unallocated)
        allocate(actor(operator), bill, money, amount=amount, key=f"hand:{key}")
        detail = {"amount": amount, "order": bill.code}
        record(actor(operator), act="match_by_hand", subject=f"transfer:{money.public_id}", detail=detail)
    return amount
