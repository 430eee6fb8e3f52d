"""Taking transfers: once each, to the order they name, and never more than it misses."""

import pytest

from loa.accounts.models import Person
from loa.audit.queries import of
from loa.billing.actions.cancel_order import cancel_order
from loa.billing.actions.match_by_hand import match_by_hand
from loa.billing.errors import NotOperator, WrongAmount, WrongState
from loa.billing.models import BankTransfer, Invoice, Seller
from loa.billing.queries import books
from loa.billing.rules import papers
from loa.billing.states import State
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.plans.models import Credit, Term
from tests.billing.conftest import SERIES, Buy, Pay


def test_a_paid_order_is_granted_billed_and_receipted_at_once(
    buy: Buy, pay: Pay, organization: Organization, seller: Seller
) -> None:
    made = buy()
    transfer = pay(2_160_000, f"MBVCB.123456.{made.code.lower()}.CT tu 0071")
    made.refresh_from_db()
    assert (made.state, made.paid, transfer.unallocated) == (State.PAID, 2_160_000, 2_160_000 - made.paid)
    assert Term.objects.get(organization=organization).key == f"order:{made.code}"
    invoice = Invoice.objects.get()
    assert (str(invoice), invoice.total) == (f"{SERIES} 00000001", 2_160_000)
    assert (invoice.data["net"], invoice.data["tax"], invoice.data["vat_points"]) == (2_000_000, 160_000, 800)
    assert invoice.data["buyer"]["tax_code"] == "0313028740"
    assert invoice.digest == papers.digest_of(invoice.data)
    letter = Message.objects.get(to="ketoan@saomai.example")
    assert f"{SERIES} 00000001" in letter.text and f"/invoices/{invoice.public_id}.pdf" in letter.text
    assert of(f"transfer:{transfer.public_id}").get().detail["orders"] == {made.code: 2_160_000}


def test_single_releases_become_credits(buy: Buy, pay: Pay) -> None:
    pay(1_500_000, buy("le", 3).code)
    assert Credit.objects.get().count == 3


def test_told_twice_it_is_taken_once(buy: Buy, pay: Pay) -> None:
    made = buy()
    assert pay(2_160_000, made.code, "FT1") == pay(2_160_000, made.code, "FT1")
    assert BankTransfer.objects.count() == Invoice.objects.count() == Term.objects.count() == 1


def test_the_same_reference_with_another_amount_is_kept_and_pays_nothing(buy: Buy, pay: Pay) -> None:
    made = buy()
    pay(160_000, made.code, "FT1")
    other = pay(2_000_000, made.code, "FT1")
    assert other == pay(2_000_000, made.code, "FT1") and other.unallocated == 2_000_000
    made.refresh_from_db()
    assert made.paid == 160_000


def test_the_same_reference_at_another_account_is_another_transfer(pay: Pay) -> None:
    pay(1, "", "FT1")
    pay(1, "", "FT1", account="999")
    assert BankTransfer.objects.count() == 2


def test_parts_add_up(buy: Buy, pay: Pay) -> None:
    made = buy()
    pay(1_000_000, made.code)
    made.refresh_from_db()
    assert (made.state, made.missing) == (State.PARTIALLY_PAID, 1_160_000)
    assert not Invoice.objects.exists() and not Term.objects.exists()
    pay(1_160_000, made.code)
    made.refresh_from_db()
    assert (made.state, made.missing) == (State.PAID, 0)


def test_what_is_too_much_or_a_second_time_waits_for_a_person(buy: Buy, pay: Pay) -> None:
    made = buy()
    first, second = pay(3_000_000, made.code), pay(2_160_000, made.code)
    assert (first.unallocated, second.unallocated) == (840_000, 2_160_000)
    assert list(books.unmatched(made.portal)) == [first, second]
    assert Invoice.objects.count() == 1


def test_money_of_another_currency_pays_nothing(buy: Buy, pay: Pay) -> None:
    assert pay(2_160_000, buy().code, currency="USD").unallocated == 2_160_000


def test_the_operator_matches_what_no_code_did(buy: Buy, pay: Pay, operator: Person, an: Person) -> None:
    made = buy()
    transfer = pay(2_500_000, "chuyen tien mua goi")
    with pytest.raises(NotOperator):
        match_by_hand(an, transfer, made, key="1")
    assert match_by_hand(operator, transfer, made, key="1") == 2_160_000
    assert match_by_hand(operator, transfer, made, key="1") == 2_160_000  # the button pressed twice
    made.refresh_from_db()
    transfer.refresh_from_db()
    assert (made.state, transfer.unallocated) == (State.PAID, 340_000)
    other = buy("le")
    assert match_by_hand(operator, transfer, other, key="2") == 340_000
    with pytest.raises(WrongAmount):
        match_by_hand(operator, transfer, other, key="3")
    with pytest.raises(WrongState):
        match_by_hand(operator, pay(5), made, key="4")
    assert books.faults(made.portal) == []


def test_money_for_a_cancelled_order_waits_for_a_person(buy: Buy, pay: Pay, an: Person) -> None:
    made = buy()
    cancel_order(an, made)
    assert pay(2_160_000, made.code).unallocated == 2_160_000
