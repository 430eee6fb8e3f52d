"""Refunds: the money, the paper and the plan go back together."""

import pytest

from loa.accounts.models import Person
from loa.billing.actions.refund import refund
from loa.billing.actions.send_back import send_back
from loa.billing.errors import NotOperator, WrongAmount, WrongState
from loa.billing.models import Invoice, Paper, Payment
from loa.billing.queries import books
from loa.billing.states import State
from loa.mail.models import Message
from loa.plans.models import Term
from tests.billing.conftest import SERIES, Buy, Pay


def test_a_part_is_given_back_with_a_credit_note(buy: Buy, pay: Pay, operator: Person) -> None:
    made = buy()
    pay(2_160_000, made.code)
    note = refund(operator, made, amount=1_080_000, reason="Giảm giá", key="1")
    assert refund(operator, made, amount=1_080_000, reason="Giảm giá", key="1") == note
    made.refresh_from_db()
    assert (made.state, made.paid, made.refunded) == (State.PAID, 1_080_000, 1_080_000)
    assert (str(note), note.total, note.paper) == (f"{SERIES} 00000002", -1_080_000, Paper.CREDIT_NOTE)
    assert (note.data["net"], note.data["tax"]) == (-1_000_000, -80_000)
    assert note.data["original"] == {
        "series": SERIES, "number": 1, "issued_on": Invoice.objects.get(number=1).data["issued_on"],
    }  # fmt: skip
    assert Term.objects.get().taken_back_at is None
    assert "Giảm giá" in Message.objects.get(subject__contains="hoàn tiền").text


def test_the_whole_takes_back_what_was_granted(buy: Buy, pay: Pay, operator: Person) -> None:
    made = buy()
    pay(1_000_000, made.code)
    pay(1_160_000, made.code)
    refund(operator, made, amount=100_001, reason="Một phần", key="1")
    refund(operator, made, amount=2_059_999, reason="Hết", key="2")
    made.refresh_from_db()
    assert (made.state, made.paid, made.refunded) == (State.REFUNDED, 0, 2_160_000)
    assert Term.objects.get().taken_back_at is not None
    papers = list(Invoice.objects.order_by("number"))
    for field in ("net", "tax", "total"):
        assert sum(paper.data[field] for paper in papers) == 0  # rounding loses no đồng
    assert sum(row.amount for row in Payment.objects.filter(move="refunded")) == 2_160_000
    assert books.faults(made.portal) == []


def test_only_the_operator_and_only_what_there_is(buy: Buy, pay: Pay, operator: Person, an: Person) -> None:
    made = buy()
    with pytest.raises(WrongState):
        refund(operator, made, amount=1, reason="", key="1")
    pay(2_160_000, made.code)
    with pytest.raises(NotOperator):
        refund(an, made, amount=1, reason="", key="1")
    for amount in (0, -1, 2_160_001):
        with pytest.raises(WrongAmount):
            refund(operator, made, amount=amount, reason="", key="1")


def test_what_is_for_no_order_is_sent_back(pay: Pay, operator: Person, an: Person) -> None:
    transfer = pay(500_000, "nham tai khoan")
    with pytest.raises(NotOperator):
        send_back(an, transfer, amount=1, reason="", key="1")
    for _ in range(2):
        send_back(operator, transfer, amount=200_000, reason="Chuyển nhầm", key="1")
    with pytest.raises(WrongAmount):
        send_back(operator, transfer, amount=300_001, reason="", key="2")
    transfer.refresh_from_db()
    assert transfer.unallocated == 300_000
    assert books.totals(transfer.portal) == {
        "came": 500_000, "unallocated": 300_000, "allocated": 0, "refunded": 200_000,
    }  # fmt: skip
    assert books.faults(transfer.portal) == []
