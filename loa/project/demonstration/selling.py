"""What the demonstration portal sells, and to whom: an invented seller at a bank that does not exist."""

from datetime import UTC, datetime
from typing import Any

from loa.billing.models import Seller
from loa.portals.models import Portal

FROM = datetime(2023, 1, 1, tzinfo=UTC)


def make_seller(portal: Portal, row: dict[str, Any]) -> Seller:
    """Who stands on the invoices; no bank has this BIN and no company this tax code."""
    return Seller.objects.get_or_create(portal=portal, valid_from=FROM, defaults=row)[0]
