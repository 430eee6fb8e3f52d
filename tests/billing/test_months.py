"""months: income is what the papers say, month by month; plans and doings stand beside it."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.billing.actions.refund import refund
from loa.billing.models import BankTransfer, Invoice, Payment
from loa.billing.queries.months import income
from loa.desk.sheet import months_back, months_of
from loa.lib import clock
from loa.plans import queries as plans
from loa.plans.models import Term
from loa.portals.models import Portal
from loa.stats.models import DailyViews
from tests.billing.conftest import Buy, Pay

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(client: Client, operator: Person) -> Client:
    client.force_login(operator)
    return client


def test_papers_make_income_and_credit_notes_take_it_back(buy: Buy, pay: Pay, portal: Portal, operator: Person) -> None:
    kept, given_back = buy(), buy("le", 2)
    pay(kept.amount, kept.code)
    pay(given_back.amount, given_back.code)
    given_back.refresh_from_db()
    refund(operator, given_back, amount=given_back.amount, reason="Không dùng", key="r")
    for rows, name in ((Invoice, "issued_at"), (Payment, "at"), (BankTransfer, "at")):
        rows.objects.update(**{name: datetime(2026, 11, 28, 3, 0, tzinfo=UTC)})
    (row,) = income(portal, since=LONG_AGO)["VND"].months.values()
    assert (row.billed, row.taken_back, row.net) == (3_160_000, 1_000_000, 2_160_000)
    assert (row.plans, row.singles, row.papers) == (2_160_000, 0, 3)
    assert (row.came, row.sent_back) == (3_160_000, 1_000_000)
    assert row.net == sum(Invoice.objects.values_list("total", flat=True))


def test_a_paper_of_midnight_belongs_to_the_month_on_the_portals_clocks(buy: Buy, pay: Pay, portal: Portal) -> None:
    order = buy()
    pay(order.amount, order.code)
    Invoice.objects.update(issued_at=datetime(2026, 10, 31, 17, 30, tzinfo=UTC))  # 1 November, 00:30
    months = {month for month, row in income(portal, since=LONG_AGO)["VND"].months.items() if row.papers}
    assert months == {date(2026, 11, 1)}


def test_months_follow_one_another_without_a_gap() -> None:
    found = months_back(datetime(2026, 3, 31, 18, 0, tzinfo=UTC), "Asia/Ho_Chi_Minh", 5)
    assert [one.first.isoformat() for one in found] == [
        "2026-04-01", "2026-03-01", "2026-02-01", "2026-01-01", "2025-12-01"
    ]  # fmt: skip
    assert all(later.begins == earlier.ends for later, earlier in pairwise(found))


def test_a_plan_runs_until_it_ends_or_was_taken_back(buy: Buy, pay: Pay, portal: Portal) -> None:
    order = buy()
    pay(order.amount, order.code)
    now = clock.now()
    assert [(plan.slug, count) for plan, count in plans.running_at(portal.pk, now)] == [("chuyen-nghiep", 1)]
    assert plans.running_at(portal.pk, now + timedelta(days=40)) == []
    Term.objects.update(taken_back_at=now)
    assert plans.running_at(portal.pk, now) == []


def test_the_page_and_the_file_say_the_same(
    buy: Buy, pay: Pay, portal: Portal, desk: Client, put_out: Callable[..., Entry]
) -> None:
    order = buy()
    pay(order.amount, order.code)
    DailyViews.objects.create(entry=put_out(), day=months_back(clock.now(), portal.time_zone, 1)[0].first, views=1_234)
    page = desk.get("/operator/months").text
    for words in ("2.160.000", "Gói Chuyên nghiệp", "1.234", "<svg"):
        assert words in page, words
    rows = list(csv.DictReader(io.StringIO(desk.get("/operator/months.csv").text.removeprefix("\ufeff"))))
    assert len(rows) == 12
    assert (rows[0]["net"], rows[0]["views"], rows[0]["published"]) == ("2160000", "1234", "1")
    assert rows[0]["organizations_on_paid_plans"] == "1"


def test_a_portal_that_sold_nothing_says_so(desk: Client, portal: Portal) -> None:
    page = desk.get("/operator/months?months=36").text
    assert "Chưa có hóa đơn hay khoản chuyển nào" in page
    assert "Chưa tổ chức nào dùng gói trả tiền." in page
    assert len(months_of(portal, count=36, language="vi").doings) == 36


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "99999999999"])
def test_any_span_is_answered(desk: Client, portal: Portal, typed: str) -> None:
    assert desk.get("/operator/months", {"months": typed}).status_code == 200


def test_editors_do_not_see_the_money(client: Client, moderator: Person) -> None:
    client.force_login(moderator)
    for path in ("/operator/months", "/operator/months.csv"):
        assert client.get(path).status_code == 404
