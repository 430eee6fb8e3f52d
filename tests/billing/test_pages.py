"""The owner's pages: what they show, to whom, and that no form says what anything costs."""

import io
import json
from pathlib import Path

import pytest
import zxingcpp
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from vietqr_emvco import VietQRParser

from loa.accounts.models import Person
from loa.billing.actions.refund import refund
from loa.billing.models import Invoice, Order, Seller
from loa.organizations.actions.found import found
from loa.organizations.models import Membership, Organization
from loa.plans.models import Plan
from loa.portals.models import Portal
from tests.billing.conftest import SERIES, Buy, Pay
from tests.conftest import MakePerson

FORM = {
    "legal_name": "Hợp tác xã Sao Mai", "tax_code": "0313028740", "address": "12 Đường Lúa, Đồng Tháp",
    "email": "ketoan@saomai.example", "key": "mot-lan",
}  # fmt: skip


@pytest.fixture
def owner(an: Person) -> Client:
    client = Client()
    client.force_login(an)
    return client


def desk(organization: Organization, rest: str) -> str:
    return f"/desk/o/{organization.slug}/{rest}"


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.usefixtures("seller", "single")
def test_an_owner_orders_and_is_shown_how_to_pay(owner: Client, organization: Organization, plan: Plan) -> None:
    page = desk(organization, f"orders/new?plan={plan.slug}")
    assert "2.160.000" in text_of(owner.get(page))  # type: ignore[arg-type]
    answer = owner.post(page, FORM | {"price": "1", "amount": "1", "quantity": "7"})
    made = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, desk(organization, f"orders/{made.code}"))
    assert (made.amount, made.buyer_tax_code) == (2_160_000, "0313028740")
    shown = text_of(owner.get(answer["Location"]))  # type: ignore[arg-type]
    for words in (
        made.code,
        "2.160.000",
        "0000000000123",
        "CONG TY TNHH TOAN CAU VIET",
        "vietqr.svg",
        "data-await-off",
    ):
        assert words in shown
    owner.post(page, FORM)
    assert Order.objects.count() == 1


@pytest.mark.usefixtures("seller", "plan", "single")
def test_without_a_plan_there_is_a_choice(owner: Client, organization: Organization) -> None:
    shown = text_of(owner.get(desk(organization, "orders/new")))  # type: ignore[arg-type]
    assert "Gói Chuyên nghiệp" in shown and "?plan=le" in shown
    assert owner.get(desk(organization, "orders/new?plan=khong-co")).status_code == 404


@pytest.mark.usefixtures("seller")
def test_a_wrong_tax_code_is_said_and_nothing_typed_is_lost(
    owner: Client, organization: Organization, plan: Plan
) -> None:
    answer = owner.post(desk(organization, f"orders/new?plan={plan.slug}"), FORM | {"tax_code": "0313028741"})
    assert answer.status_code == 400
    shown = text_of(answer)  # type: ignore[arg-type]
    assert "Mã số thuế này có chữ số sai" in shown and "12 Đường Lúa" in shown and "0313028741" in shown
    assert not Order.objects.exists()


def test_a_portal_without_a_seller_says_so(owner: Client, organization: Organization, plan: Plan) -> None:
    page = desk(organization, f"orders/new?plan={plan.slug}")
    assert "chưa công bố tài khoản" in text_of(owner.get(page))  # type: ignore[arg-type]
    assert owner.post(page, FORM).status_code == 400


def test_the_square_holds_what_is_still_missing(owner: Client, organization: Organization, buy: Buy, pay: Pay) -> None:
    made = buy()
    pay(1_000_000, made.code)
    shown = text_of(owner.get(desk(organization, f"orders/{made.code}")))  # type: ignore[arg-type]
    assert "còn thiếu 1.160.000" in shown.replace("\N{NO-BREAK SPACE}", " ")
    answer = owner.get(desk(organization, f"orders/{made.code}/vietqr.png"))
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)))
    transfer = VietQRParser.parse(read.text)
    assert (transfer["amount"], transfer["memo"], transfer["bank_bin"]) == (1_160_000, made.code, "970436")
    assert VietQRParser.verify_checksum(read.text)
    assert owner.get(desk(organization, f"orders/{made.code}/vietqr.svg"))["Content-Type"] == "image/svg+xml"


def test_the_page_turns_to_paid(owner: Client, organization: Organization, buy: Buy, pay: Pay) -> None:
    made = buy()
    asked = desk(organization, f"orders/{made.code}/state")
    assert json.loads(owner.get(asked).content) == {"state": "open", "paid": 0}
    pay(2_160_000, made.code)
    assert json.loads(owner.get(asked).content) == {"state": "paid", "paid": 2_160_000}
    shown = text_of(owner.get(desk(organization, f"orders/{made.code}")))  # type: ignore[arg-type]
    assert "Đã nhận đủ tiền" in shown and "vietqr" not in shown and f"{SERIES} 00000001" in shown
    assert owner.get(desk(organization, f"orders/{made.code}/vietqr.png")).status_code == 404


def test_an_order_is_cancelled_by_its_button_only(owner: Client, organization: Organization, buy: Buy) -> None:
    made = buy()
    way = desk(organization, f"orders/{made.code}/cancel")
    assert owner.get(way).status_code == 405
    assert "Đơn này đã hủy" in text_of(owner.post(way, follow=True))  # type: ignore[arg-type]


def test_writers_strangers_and_other_owners_find_nothing(
    organization: Organization, buy: Buy, pay: Pay, make_person: MakePerson, portal: Portal, moderator: Person
) -> None:
    made = buy()
    pay(2_160_000, made.code)
    paper = Invoice.objects.get()
    writer, other = make_person("Chi"), make_person("Dung")
    Membership.objects.create(organization=organization, person=writer)
    theirs = found(other, portal=portal, name="Công ty Khác", kind="company")
    ways = [f"orders/{made.code}", f"orders/{made.code}/state", f"orders/{made.code}/vietqr.svg", "invoices",
            f"invoices/{paper.public_id}.pdf", f"invoices/{paper.public_id}.xml", "orders/new"]  # fmt: skip
    for person in (writer, other, moderator):
        client = Client()
        client.force_login(person)
        for way in ways:
            assert client.get(desk(organization, way)).status_code == 404, (person, way)
        assert client.post(desk(organization, f"orders/{made.code}/cancel")).status_code == 404
        assert client.get(f"/operator/billing/invoices/{paper.public_id}.pdf").status_code == 404
    client.force_login(other)
    for way in (f"orders/{made.code}", f"orders/{made.code}/state", f"invoices/{paper.public_id}.pdf"):
        assert client.get(desk(theirs, way)).status_code == 404  # another's code under one's own address
    assert client.post(desk(theirs, f"orders/{made.code}/cancel")).status_code == 404
    assert Client().get(desk(organization, "invoices")).status_code == 302


def test_an_order_of_another_portal_is_not_there(owner: Client, organization: Organization, buy: Buy) -> None:
    made = buy()
    Portal.objects.create(slug="khac", name="Khác").hosts.create(host="khac.example")
    asked = owner.get(desk(organization, f"orders/{made.code}"), headers={"Host": "khac.example"})
    assert asked.status_code == 404


def test_a_paper_is_had_as_pdf_and_as_data(
    owner: Client, organization: Organization, buy: Buy, pay: Pay, operator: Person, home: Path, seller: Seller
) -> None:
    made = buy()
    pay(2_160_000, made.code)
    refund(operator, made, amount=500_000, reason="Giảm giá", key="1")
    for paper in Invoice.objects.all():
        way = desk(organization, f"invoices/{paper.public_id}")
        for prefix in ("", "/en"):
            answer = owner.get(f"{prefix}{way}.pdf")
            assert answer.content.startswith(b"%PDF-") and answer["Content-Type"] == "application/pdf"
        assert json.loads(owner.get(f"{way}.json").content) == paper.data
        assert owner.get(f"{way}.xml").content.startswith(b"<?xml")
        assert "Hợp tác xã Sao Mai" in owner.get(f"{way}.csv").content.decode("utf-8-sig")
    assert len(list((home / "invoices").glob("*.pdf"))) == 4
    shown = text_of(owner.get(desk(organization, "invoices")))  # type: ignore[arg-type]
    assert f"{SERIES} 00000002" in shown and "−500.000" in shown
