"""Set the seller: another row from its day on; what was issued before keeps what it says."""

from datetime import datetime
from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.billing.errors import NotOperator
from loa.billing.models import Seller
from loa.portals.models import Portal


def set_seller(operator: Person, portal: Portal, *, said: dict[str, Any], valid_from: datetime) -> Seller:
    """`said` by field, checked by the form; the moment in UTC. Raises NotOperator."""
    if not operator.is_superuser:
        raise NotOperator
    with transaction.atomic():
        row = Seller.objects.create(portal=portal, valid_from=valid_from, **said)
        detail = {**said, "valid_from": valid_from}
        record(actor(operator), act="set_seller", subject=f"portal:{portal.pk}", detail=detail)
    return row
