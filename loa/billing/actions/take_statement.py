"""Take a statement: the operator brings in lines of it, each as the bank's hook would have."""

from collections.abc import Iterable

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.billing.actions.take_transfer import take_transfer
from loa.billing.errors import NotOperator
from loa.billing.models import BankTransfer
from loa.billing.providers.reading import Incoming
from loa.billing.rules.statements import Line
from loa.portals.models import Portal

PROVIDER = "statement"


def take_statement(operator: Person, portal: Portal, account: str, lines: Iterable[Line]) -> list[BankTransfer]:
    """What is new of the lines, each in a transaction of its own: whatever ends this, the rest can be sent again.

    A reference that stands with another amount is left out; the page before named it. Raises NotOperator.
    """
    if not operator.is_superuser:
        raise NotOperator
    taken = []
    for line in lines:
        known = BankTransfer.objects.filter(portal=portal, account=account, transaction_id=line.reference)
        if known.exists():
            continue
        told = Incoming(
            account=account, transaction_id=line.reference, amount=line.amount, note=line.note, at=line.at,
            raw={"line": line.number},
        )  # fmt: skip
        taken.append(take_transfer(actor(operator), portal, told, provider=PROVIDER))
    return taken
