"""What the demonstration portal sells, and to whom: an invented seller at a bank that does not exist."""

from datetime import UTC, datetime
from typing import Any

from loa.accounts.models import Person
from loa.audit.actions.record import SYSTEM
from loa.billing.actions.order import Details, order
from loa.billing.actions.refund import refund
from loa.billing.actions.take_transfer import take_transfer
from loa.billing.models import BankTransfer, Order, Seller
from loa.billing.providers.reading import Incoming
from loa.lib import clock
from loa.organizations.models import Organization
from loa.portals.models import Portal

FROM = datetime(2023, 1, 1, tzinfo=UTC)


def make_seller(portal: Portal, row: dict[str, Any]) -> Seller:
    """Who stands on the invoices; no bank has this BIN and no company this tax code."""
    return Seller.objects.get_or_create(portal=portal, valid_from=FROM, defaults=row)[0]


def sell(organization: Organization, owner: Person, operator: Person) -> None:
    """An order in each state and money that is nobody's, as people would have made them; may run twice."""
    details = Details(organization.name, "", "Bến số 2, Cảng Lộc Diên (hư cấu)", owner.email)
    told = {"details": details, "language": "vi"}

    def bought(number: int, plan: str, quantity: int = 1) -> Order:
        return order(owner, organization, plan=plan, quantity=quantity, key=f"demonstration:{number}", **told)  # type: ignore[arg-type]  # details and a language

    paid, singles, part, waits = bought(1, "khoi-dau"), bought(2, "le", 3), bought(3, "phong-tin"), bought(4, "le")
    _come(organization.portal, 1, 790_000, f"MBVCB.3278907687.{paid.code}.CT tu 0071000000000 CANG LOC DIEN")
    _come(organization.portal, 2, 900_000, f"thanh toan don {singles.code.lower()}")
    refund(operator, singles, amount=300_000, reason="Trả lại một lượt chưa dùng", key="demonstration")
    _come(organization.portal, 3, 1_000_000, f"IBFT {part.code} dot 1")
    _come(organization.portal, 4, 300_000, f"chuyen tien mua luot {waits.code[:-1]}")
    _come(organization.portal, 5, 77_000, "NHAN TU 0123456789 TRACE 998877 ND khong ghi gi")


def _come(portal: Portal, number: int, amount: int, note: str) -> BankTransfer:
    seller = Seller.objects.get(portal=portal, valid_from=FROM)
    told = Incoming(seller.account, f"FT-DEMO-{number}", amount, note, clock.now())
    return take_transfer(SYSTEM, portal, told, provider="signed")
