"""Whatever is ordered, paid, cancelled and refunded in whatever order: no đồng is lost or made."""

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loa.accounts.models import Person
from loa.billing.actions.cancel_order import cancel_order
from loa.billing.actions.match_by_hand import match_by_hand
from loa.billing.actions.refund import refund
from loa.billing.actions.send_back import send_back
from loa.billing.errors import WrongAmount, WrongState
from loa.billing.models import BankTransfer, Counter, Invoice, Order, Payment
from loa.billing.queries import books
from loa.plans.models import Credit, Term
from loa.portals.models import Portal
from tests.billing.conftest import Buy, Pay

EXAMPLES = 300 if os.environ.get("LOA_STORM") == "full" else 20
AMOUNTS = st.sampled_from([1, 340_000, 500_000, 1_000_000, 1_660_000, 2_160_000, 2_160_001, 5_000_000])
WHICH = st.integers(0, 5)
STEPS = st.one_of(
    st.tuples(st.just("buy"), st.sampled_from(["chuyen-nghiep", "le"]), st.integers(1, 3)),
    st.tuples(st.just("pay"), WHICH, AMOUNTS),
    st.tuples(st.just("pay"), WHICH, AMOUNTS),
    st.tuples(st.just("pay_nobody"), AMOUNTS, st.none()),
    st.tuples(st.just("again"), WHICH, st.none()),
    st.tuples(st.just("cancel"), WHICH, st.none()),
    st.tuples(st.just("match"), WHICH, WHICH),
    st.tuples(st.just("refund"), WHICH, AMOUNTS),
    st.tuples(st.just("send_back"), WHICH, AMOUNTS),
)


class Walk:
    """One sequence, played through the acts."""

    def __init__(self, buy: Buy, pay: Pay, an: Person, operator: Person) -> None:
        self.buy_one, self.pay_one, self.an, self.operator = buy, pay, an, operator
        self.orders: list[Order] = []
        self.transfers: list[BankTransfer] = []
        self.came = 0

    def order(self, which: int) -> Order:
        return self.orders[which % len(self.orders)] if self.orders else self.buy("le", 1)

    def transfer(self, which: int) -> BankTransfer:
        return self.transfers[which % len(self.transfers)] if self.transfers else self.pay_nobody(500_000, None)

    def buy(self, slug: str, quantity: int) -> Order:
        self.orders.append(self.buy_one(slug, quantity))
        return self.orders[-1]

    def pay(self, which: int, amount: int) -> None:
        self.transfers.append(self.pay_one(amount, f"CT DEN {self.order(which).code} xin cam on"))
        self.came += amount

    def pay_nobody(self, amount: int, _: None) -> BankTransfer:
        self.transfers.append(self.pay_one(amount, "khong noi dung"))
        self.came += amount
        return self.transfers[-1]

    def again(self, which: int, _: None) -> None:
        row = self.transfer(which)
        assert self.pay_one(row.amount, "told again", row.transaction_id) == row

    def cancel(self, which: int, _: None) -> None:
        cancel_order(self.an, self.order(which))

    def match(self, which: int, other: int) -> None:
        match_by_hand(self.operator, self.transfer(which), self.order(other), key=f"{which}-{other}")

    def refund(self, which: int, amount: int) -> None:
        refund(self.operator, self.order(which), amount=amount, reason="thử", key=str(amount))

    def send_back(self, which: int, amount: int) -> None:
        send_back(self.operator, self.transfer(which), amount=amount, reason="thử", key=str(amount))


def begin_anew() -> None:
    """Hypothesis plays many sequences in one test."""
    for table in (Payment, Invoice, Counter, BankTransfer, Order, Term, Credit):
        table._default_manager.all().delete() if table is not Invoice else wipe_papers()


def wipe_papers() -> None:
    Invoice.objects.exclude(original=None).delete()
    Invoice.objects.all().delete()


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=25))
def test_no_dong_is_lost_or_made(
    steps: list[tuple[str, int, int]], portal: Portal, buy: Buy, pay: Pay, an: Person, operator: Person
) -> None:
    begin_anew()
    walk = Walk(buy, pay, an, operator)
    for name, one, other in steps:
        with suppress(WrongState, WrongAmount):
            getattr(walk, name)(one, other)
        found = books.totals(portal)
        assert found["came"] == walk.came == found["allocated"] + found["unallocated"] + found["refunded"]
    assert books.faults(portal) == []
    numbers = list(Invoice.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    granted = Term.objects.filter(taken_back_at=None).count() + Credit.objects.filter(taken_back_at=None).count()
    assert granted == Order.objects.filter(state="paid").count()


def test_a_line_that_was_tampered_with_is_found(buy: Buy, pay: Pay, portal: Portal) -> None:
    made = buy()
    transfer = pay(2_500_000, made.code)
    assert books.faults(portal) == []
    BankTransfer.objects.filter(pk=transfer.pk).update(unallocated=0)
    Invoice.objects.update(total=1)
    assert [line.split()[0] for line in books.faults(portal)] == ["transfer", "order", "paper"]
    Payment.objects.update(amount=1)
    Counter.objects.update(last=2)
    assert [line.split()[0] for line in books.faults(portal)] == ["transfer", "order", "order", "series", "paper"]
