"""The operator's pages of money: what waits, matching by hand, refunds, statements, the seller."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.accounts.models import Person
from loa.billing.models import BankTransfer, Invoice, Order, Seller
from loa.billing.queries import orders
from loa.billing.states import State
from loa.portals.models import Portal
from tests.billing.conftest import SERIES, YEAR, Buy, Pay

SELLER = {
    "legal_name": "Công ty Mới", "tax_code": "0313028740", "address": "2 Phố Hư Cấu", "email": "a@b.example",
    "bank_name": "Ngân hàng Hư Cấu", "bank_bin": "970418", "account": "999", "holder": "CONG TY MOI", "vat": "10",
    "series": "LB", "valid_on": "2030-01-01",
}  # fmt: skip


@pytest.fixture
def desk(operator: Person) -> Client:
    client = Client()
    client.force_login(operator)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def statement(*lines: str) -> SimpleUploadedFile:
    head = "Ngày giao dịch;Số tham chiếu;Ghi có;Nội dung\n"
    return SimpleUploadedFile("sao-ke.csv", (head + "\n".join(lines)).encode("utf-8-sig"))


def held_in(page: str) -> str:
    return page.split('name="held" value="')[1].split('"', maxsplit=1)[0]


def test_nobody_else_finds_these_pages(buy: Buy, pay: Pay, moderator: Person, an: Person) -> None:
    made, transfer = buy(), pay(5, "x")
    ways = ["", "/orders", f"/orders/{made.code}", "/transfers", f"/transfers/{transfer.public_id}", "/statement",
            "/invoices", f"/invoices-{YEAR}.csv", "/seller"]  # fmt: skip
    posts = [f"/orders/{made.code}/cancel", f"/transfers/{transfer.public_id}/match",
             f"/transfers/{transfer.public_id}/back", "/statement/take", "/seller"]  # fmt: skip
    for person in (None, moderator, an):
        client = Client()
        if person:
            client.force_login(person)
        for way in ways:
            assert client.get(f"/operator/billing{way}").status_code == 404, way
        for way in posts:
            assert client.post(f"/operator/billing{way}", SELLER).status_code == 404, way
    assert Seller.objects.count() == 1


def test_the_first_page_shows_the_money_and_what_waits(desk: Client, buy: Buy, pay: Pay) -> None:
    paid, waits = buy(), buy("le")
    pay(2_160_000, paid.code)
    pay(77_000, "khong ma")
    shown = text(desk, "/operator/billing")
    for words in ("2.237.000 ₫", "2.160.000 ₫", "77.000 ₫", "khong ma", waits.code):
        assert words in shown
    assert "Sổ không khớp" not in shown
    BankTransfer.objects.update(unallocated=1)
    assert "Sổ không khớp" in text(desk, "/operator/billing")


def test_orders_are_found_by_code_organization_and_state(desk: Client, buy: Buy, pay: Pay) -> None:
    one, other = buy(), buy("le")
    pay(2_160_000, one.code)
    assert other.code not in text(desk, f"/operator/billing/orders?q={one.code.lower()}")
    assert other.code not in text(desk, "/operator/billing/orders?state=paid")
    assert one.code in text(desk, "/operator/billing/orders?q=Sao+Mai&state=paid")
    assert "Không có đơn nào" in text(desk, "/operator/billing/orders?q=khong-co")


def test_money_is_matched_by_hand_to_a_suggested_order(desk: Client, buy: Buy, pay: Pay) -> None:
    made = buy()
    transfer = pay(2_160_000, f"tra tien {made.code[:-1]}")
    way = f"/operator/billing/transfers/{transfer.public_id}"
    assert f"{made.code} · " in text(desk, way)
    for wrong in ("", "LOA22222222", "abc"):
        assert desk.post(f"{way}/match", {"code": wrong, "key": "1"}).status_code == 400
    assert desk.post(f"{way}/match", {"code": made.code.lower(), "key": "1"}).status_code == 302
    made.refresh_from_db()
    assert made.state == State.PAID
    assert desk.post(f"{way}/match", {"code": made.code, "key": "2"}).status_code == 400
    assert "Khoản này cho đơn nào" not in text(desk, way)


def test_money_for_nobody_is_sent_back(desk: Client, pay: Pay) -> None:
    transfer = pay(500_000, "nham")
    way = f"/operator/billing/transfers/{transfer.public_id}"
    too_much = {"amount": "500.001", "reason": "Nhầm", "key": "1"}
    assert "Nhầm" in desk.post(f"{way}/back", too_much).content.decode()
    assert desk.post(f"{way}/back", too_much | {"amount": "500.000"}).status_code == 302
    assert BankTransfer.objects.get().unallocated == 0


def test_a_paid_order_is_refunded(desk: Client, buy: Buy, pay: Pay) -> None:
    made = buy()
    pay(2_160_000, made.code)
    way = f"/operator/billing/orders/{made.code}"
    refused = desk.post(way, {"amount": "9.000.000", "reason": "Nhầm", "key": "1"})
    assert refused.status_code == 400 and "Không hoàn được nhiều hơn" in refused.content.decode()
    assert desk.post(way, {"amount": "1.000.000", "reason": "Giảm giá", "key": "1"}).status_code == 302
    shown = text(desk, way)
    assert "đã hoàn 1.000.000 ₫" in shown and f"{SERIES} 00000002" in shown
    assert "Giảm giá" in desk.get(f"/operator/billing/invoices-{YEAR}.csv").content.decode()
    assert f"{SERIES} 00000002" in text(desk, "/operator/billing/invoices")


def test_an_unpaid_order_is_cancelled_and_a_paid_one_is_not(desk: Client, buy: Buy, pay: Pay) -> None:
    made, paid = buy(), buy()
    pay(2_160_000, paid.code)
    for one in (made, paid):
        desk.post(f"/operator/billing/orders/{one.code}/cancel")
    assert {one.code: one.state for one in Order.objects.all()} == {made.code: State.CANCELLED, paid.code: State.PAID}


def test_a_statement_is_seen_before_it_is_taken_in(desk: Client, buy: Buy, pay: Pay, seller: Seller) -> None:
    made, told = buy(), buy("le")
    pay(500_000, told.code, "FT1", at=datetime(2026, 11, 28, 3, 0, tzinfo=UTC))
    file = statement(
        "28/11/2026;FT1;500.000,00;told by the hook",
        f"28/11/2026;VCB.9;500.000,00;{told.code} under another reference",
        f"28/11/2026;FT2;2.160.000,00;CT DEN {made.code}",
        "28/11/2026;FT3;1.000,00;khong ma",
        "28/11/2026;FT4;1.5.0;hong",
        "28/11/2026;FT5;500.000,00;the same sum, not the same code",
    )
    page = desk.post("/operator/billing/statement", {"account": seller.account, "file": file}).content.decode()
    shown = page.replace("\N{NO-BREAK SPACE}", " ")
    for words in ("Đã nhận rồi", "Có thể đã nhận", f"2.160.000 ₫ → {made.code}", "không khớp đơn nào", "6"):
        assert words in shown
    assert BankTransfer.objects.count() == 1
    assert [f'value="{line}"' in page for line in (2, 3, 4, 5, 7)] == [False, True, True, True, True]
    assert page.count("checked") == 3
    for _ in range(2):  # the button pressed twice
        desk.post("/operator/billing/statement/take", {"held": held_in(page), "line": ["4", "5"]})
    made.refresh_from_db()
    assert (made.state, BankTransfer.objects.count(), Invoice.objects.count()) == (State.PAID, 3, 2)


def test_a_statement_that_was_changed_or_is_none_is_refused(desk: Client, seller: Seller) -> None:
    desk.post("/operator/billing/statement/take", {"held": "gia-mao", "line": ["2"]})
    assert not BankTransfer.objects.exists()
    picture = SimpleUploadedFile("a.csv", b"\x89PNG")
    answer = desk.post("/operator/billing/statement", {"account": seller.account, "file": picture})
    assert answer.status_code == 400 and "Không thấy cột" in answer.content.decode()
    assert desk.post("/operator/billing/statement", {"account": "1", "file": statement()}).status_code == 400


def test_the_seller_is_a_row_from_its_day_on(desk: Client, portal: Portal, seller: Seller) -> None:
    assert desk.post("/operator/billing/seller", SELLER).status_code == 302
    assert orders.seller(portal) == seller
    later = orders.seller(portal, datetime(2030, 1, 1, tzinfo=UTC))
    assert later is not None and (later.legal_name, later.vat_points) == ("Công ty Mới", 1000)
    for name, wrong in (("tax_code", "0313028741"), ("bank_bin", "97041"), ("account", "9 9"), ("series", "L1")):
        assert desk.post("/operator/billing/seller", SELLER | {name: wrong}).status_code == 400, name
    assert "Công ty Mới" in text(desk, "/operator/billing/seller")


def test_a_new_rate_holds_for_what_is_paid_from_then_on(desk: Client, buy: Buy, pay: Pay) -> None:
    made = buy()
    today = datetime.now(UTC).date().isoformat()
    desk.post("/operator/billing/seller", SELLER | {"tax_code": "0100109106", "valid_on": today, "series": "LA"})
    pay(2_160_000, made.code)
    paper = Invoice.objects.get()
    assert (paper.data["vat_points"], paper.total, paper.data["net"]) == (1000, 2_160_000, 1_963_636)


def test_an_empty_portal_says_what_to_do_first(desk: Client, portal: Portal) -> None:
    for way in ("", "/statement"):
        assert "Ghi bên bán" in text(desk, f"/operator/billing{way}")
    for way in ("/orders", "/transfers", "/invoices", "/seller"):
        text(desk, f"/operator/billing{way}")
