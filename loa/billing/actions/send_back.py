"""Send back: the operator has returned money that is for no order."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.billing.actions.locks import locked_transfer
from loa.billing.errors import NotOperator, WrongAmount
from loa.billing.models import BankTransfer, Move, Payment


def send_back(operator: Person, transfer: BankTransfer, *, amount: int, reason: str, key: str) -> None:
    """The same key again changes nothing. Raises NotOperator, WrongAmount (more than is unallocated)."""
    if not operator.is_superuser:
        raise NotOperator
    who = actor(operator)
    with transaction.atomic():
        money = locked_transfer(transfer)
        if Payment.objects.filter(key=f"back:{key}", transfer=money).exists():
            return
        if not 0 < amount <= money.unallocated:
            raise WrongAmount
        Payment.objects.create(
            transfer=money, move=Move.REFUNDED, amount=amount, key=f"back:{key}", reason=reason, actor=who.label
        )
        money.unallocated -= amount
        money.save(update_fields=["unallocated"])
        detail = {"amount": amount, "reason": reason}
        record(who, act="send_back", subject=f"transfer:{money.public_id}", detail=detail)
