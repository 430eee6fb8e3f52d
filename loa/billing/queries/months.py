"""What came of selling, month by month in the portal's zone; each paper counts in the month it was issued."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from loa.billing.models import BankTransfer, Invoice, Move, Paper, Payment
from loa.plans.models import Kind
from loa.portals.models import Portal


@dataclass
class Income:
    """One month in one currency, in its smallest units: what was billed, taken back by credit notes, and for what.

    `came` is what the bank told of, `sent_back` what went out again; both by the moment of the money, not the paper.
    """

    billed: int = 0
    taken_back: int = 0  # not below zero
    plans: int = 0  # net, of terms
    singles: int = 0  # net, of single releases
    papers: int = 0
    came: int = 0
    sent_back: int = 0

    @property
    def net(self) -> int:
        """What is left of what was billed; below zero where more was taken back."""
        return self.billed - self.taken_back


@dataclass
class Book:
    """Months of one currency by their first day; a month in which nothing happened has no row."""

    months: dict[date, Income] = field(default_factory=lambda: defaultdict(Income))


def income(portal: Portal, *, since: datetime) -> dict[str, Book]:
    """By currency, from a moment on; three reads, whatever the number of papers."""
    zone = ZoneInfo(portal.time_zone)
    books: dict[str, Book] = defaultdict(Book)
    papers = Invoice.objects.filter(portal=portal, issued_at__gte=since)
    by_month = papers.annotate(month=TruncMonth("issued_at", tzinfo=zone)).order_by()
    kinds = by_month.values_list("currency", "month", "paper", "order__plan__kind")
    for currency, month, paper, kind, total, count in kinds.annotate(Sum("total"), Count("pk")):
        _add_paper(books[currency].months[month.date()], paper, kind, total, count)
    came = BankTransfer.objects.filter(portal=portal, at__gte=since).annotate(month=TruncMonth("at", tzinfo=zone))
    for currency, month, total in _sums(came.order_by().values_list("currency", "month").annotate(Sum("amount"))):
        books[currency].months[month].came += total
    back = Payment.objects.filter(transfer__portal=portal, move=Move.REFUNDED, at__gte=since)
    back = back.annotate(month=TruncMonth("at", tzinfo=zone)).order_by()
    for currency, month, total in _sums(back.values_list("transfer__currency", "month").annotate(Sum("amount"))):
        books[currency].months[month].sent_back += total
    return dict(sorted(books.items()))


def _sums(rows: Iterable[tuple[str, datetime, int]]) -> Iterable[tuple[str, date, int]]:
    return ((currency, month.date(), total) for currency, month, total in rows)


def _add_paper(row: Income, paper: str, kind: str, total: int, count: int) -> None:
    if paper == Paper.CREDIT_NOTE:
        row.taken_back -= total  # a credit note's total is below zero
    else:
        row.billed += total
    if kind == Kind.CREDIT:
        row.singles += total
    else:
        row.plans += total
    row.papers += count
