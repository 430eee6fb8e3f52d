"""A seller, a price list, and orders as their owner makes them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loa.accounts.models import Person
from loa.audit.actions.record import Actor
from loa.billing.actions.order import Details, order
from loa.billing.actions.take_transfer import take_transfer
from loa.billing.models import BankTransfer, Order, Seller
from loa.billing.providers.reading import Incoming
from loa.lib import clock
from loa.lib.tokens import random_id
from loa.organizations.models import Organization
from loa.plans.models import Kind, Plan
from loa.portals.models import Portal

BANK = Actor("bank:signed", "signed")
YEAR = clock.now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).year
SERIES = f"C{YEAR % 100}TLA"  # of the seller below: it bears the year
Buy = Callable[..., Order]
Pay = Callable[..., BankTransfer]


@pytest.fixture
def seller(portal: Portal) -> Seller:
    return Seller.objects.create(
        portal=portal, valid_from=datetime(2026, 1, 1, tzinfo=UTC), legal_name="Công ty TNHH Toàn Cầu Việt",
        address="1 Phố Hư Cấu, Hà Nội", tax_code="0100109106", email="ketoan@globalvn.example", bank_bin="970436",
        bank_name="Ngân hàng Hư Cấu", account="0000000000123", holder="CONG TY TNHH TOAN CAU VIET", vat_points=800,
        series="LA",
    )  # fmt: skip


@pytest.fixture
def plan(portal: Portal) -> Plan:
    return Plan.objects.create(
        portal=portal, slug="chuyen-nghiep", name_vi="Gói Chuyên nghiệp", name_en="Professional", price=2_160_000,
        months=1, allowance=8,
    )  # fmt: skip


@pytest.fixture
def single(portal: Portal) -> Plan:
    return Plan.objects.create(
        portal=portal, slug="le", kind=Kind.CREDIT, name_vi="Một thông cáo lẻ", name_en="Single release", price=500_000
    )


@pytest.fixture
def details() -> Details:
    return Details("Hợp tác xã Sao Mai", "0313028740", "12 Đường Lúa, Đồng Tháp", "ketoan@saomai.example")


@pytest.fixture
def buy(an: Person, organization: Organization, seller: Seller, plan: Plan, single: Plan, details: Details) -> Buy:
    """Return a maker of An's orders; the professional plan unless said."""

    def make(slug: str = "chuyen-nghiep", quantity: int = 1, **other: Any) -> Order:
        said = {"details": details, "language": "vi", "key": random_id(), **other}
        return order(an, organization, plan=slug, quantity=quantity, **said)

    return make


@pytest.fixture
def pay(portal: Portal, seller: Seller) -> Pay:
    """Return a maker of transfers to the seller's account."""

    def make(amount: int, note: str = "", reference: str = "", **other: Any) -> BankTransfer:
        said = {"account": seller.account, "at": datetime(2026, 11, 28, 3, 0, tzinfo=UTC), **other}
        incoming = Incoming(transaction_id=reference or random_id(), amount=amount, note=note, **said)
        return take_transfer(BANK, portal, incoming, provider="signed")

    return make
