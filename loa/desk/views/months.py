"""The operator's months: income, plans and what the portal did, as tables, drawings and a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loa.accounts.views import for_operator
from loa.billing.queries.months import Income
from loa.desk import sheet
from loa.desk.sheet import Month
from loa.lib import dates, money, spreadsheets
from loa.portals.middleware import portal_of
from loa.stats.rules import Chart, chart
from loa.ui.language import language_of

SPANS = (12, 24, 36)
COLUMNS = (
    "month", "currency", "billed", "taken_back", "net", "plans", "single_releases", "papers", "came", "sent_back",
    "organizations_on_paid_plans", "published", "withdrawn", "new_organizations", "new_people", "new_readers", "views",
)  # fmt: skip


@dataclass(frozen=True)
class Book:
    """One currency as the page shows it."""

    currency: str
    chart: Chart
    total: str
    rows: list[tuple[str, list[str]]]
    is_empty: bool


@for_operator
@require_safe
@cache_control(private=True, no_store=True)
def months(request: HttpRequest) -> HttpResponse:
    """The last twelve months, or two or three years."""
    portal, language, count = portal_of(request), language_of(request), _count(request)
    found = sheet.months_of(portal, count=count, language=language)
    context = {
        "spans": SPANS, "count": count, "books": [_book(one, rows, language) for one, rows in found.books.items()],
        "names": [_short(month.month.first) for month in found.doings], "plans": found.plans,
        "doings": [(_name(one.month.first, language), one) for one in found.doings],
        "views": chart([(one.month.first, one.views) for one in reversed(found.doings)]),
        "all_views": sum(one.views for one in found.doings),
    }  # fmt: skip
    return render(request, "desk/months.html", context)


def _count(request: HttpRequest) -> int:
    typed = request.GET.get("months", "")
    return int(typed) if typed in {str(span) for span in SPANS} else SPANS[0]


def _name(first: date, language: str) -> str:
    return dates.month_in_words(first.year, first.month, language)


def _short(first: date) -> str:
    return f"{first.month}/{first.year}"


def _book(currency: str, rows: list[tuple[Month, Income]], language: str) -> Book:
    def said(amount: int) -> str:
        return money.shown(amount, currency, language)

    total = sum(income.net for _month, income in rows)
    lines = [(_name(month.first, language), [said(one) for one in _amounts(income)]) for month, income in rows]
    drawn = chart([(month.first, max(0, income.net)) for month, income in reversed(rows)])
    is_empty = all(income == sheet.ZERO for _month, income in rows)
    return Book(currency, drawn, said(total), lines, is_empty)


def _amounts(income: Income) -> tuple[int, ...]:
    return (income.billed, income.taken_back, income.net, income.plans, income.singles, income.came, income.sent_back)


@for_operator
@require_safe
@cache_control(private=True, no_store=True)
def as_csv(request: HttpRequest) -> HttpResponse:
    """A line a month and currency, amounts in whole units (RFC 4180, UTF-8 with a mark for spreadsheets)."""
    portal, language = portal_of(request), language_of(request)
    found = sheet.months_of(portal, count=_count(request), language=language)
    table = [spreadsheets.line(COLUMNS)]
    books: dict[str, Any] = found.books or {"": [(one.month, sheet.ZERO) for one in found.doings]}
    for currency, rows in books.items():
        for (month, row), did in zip(rows, found.doings, strict=True):
            money_of = (
                row.billed,
                row.taken_back,
                row.net,
                row.plans,
                row.singles,
                row.papers,
                row.came,
                row.sent_back,
            )
            done = (did.running, did.published, did.withdrawn, did.organizations, did.people, did.readers, did.views)
            table.append(spreadsheets.line((f"{month.first:%Y-%m}", currency, *money_of, *done)))
    answer = HttpResponse(spreadsheets.START + "".join(table), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{portal.slug}-months.csv"'
    return answer
