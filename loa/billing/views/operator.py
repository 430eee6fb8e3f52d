"""The operator's pages of money: what waits, every order and transfer, the papers, and who sells."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.accounts.views import for_operator, person_of
from loa.accounts.views.step_up import steps_up
from loa.billing.actions.set_seller import set_seller
from loa.billing.forms.operator import SellerForm
from loa.billing.models import BankTransfer, Invoice, Order
from loa.billing.queries import books, invoices, orders
from loa.billing.rules import exports
from loa.billing.states import LIVE, State
from loa.lib import clock, money
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

SHOWN = 50


def paged(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The page asked for."""
    return Paginator(rows, SHOWN).get_page(request.GET.get("page"))


def with_sums(rows: Any, language: str, *names: str) -> list[dict[str, Any]]:
    """Rows with some of their amounts as they are written."""

    def sums(row: Any) -> dict[str, str]:
        return {name: money.shown(getattr(row, name), row.currency, language) for name in names}

    return [{"row": row, **sums(row)} for row in rows]


@for_operator
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where the money is, and what waits for a person."""
    portal, language = portal_of(request), language_of(request)
    names = {
        "came": _("Đã tới"), "allocated": _("Đang ghi cho đơn"), "unallocated": _("Chưa rõ của đơn nào"),
        "refunded": _("Đã hoàn lại"),
    }  # fmt: skip
    totals = books.totals(portal)
    waiting = orders.in_portal(portal).filter(state__in=LIVE)[:10]
    context = {
        "figures": [(label, money.shown(totals[name], "VND", language)) for name, label in names.items()],
        "unmatched": with_sums(books.unmatched(portal)[:SHOWN], language, "amount", "unallocated"),
        "waiting": with_sums(waiting, language, "amount", "missing"),
        "is_balanced": books.is_balanced(portal), "seller": orders.seller(portal), "zone": portal.time_zone,
    }  # fmt: skip
    return render(request, "billing/operator.html", context)


@for_operator
@require_safe
def all_orders(request: HttpRequest) -> HttpResponse:
    """Every order; `?q=` looks for code, organization and buyer, `?state=` for where it stands."""
    words, stands = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows: QuerySet[Order] = orders.found(portal_of(request), words) if words else orders.in_portal(portal_of(request))
    page = paged(request, rows.filter(state=stands) if stands in State.values else rows)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page, "orders": with_sums(page, language_of(request), "amount"), "words": words, "stands": stands,
        "states": State.choices, "query": f"{kept.urlencode()}&" if kept else "", "zone": portal_of(request).time_zone,
    }  # fmt: skip
    return render(request, "billing/all_orders.html", context)


@for_operator
@require_safe
def all_transfers(request: HttpRequest) -> HttpResponse:
    """Every transfer, the newest first."""
    rows: QuerySet[BankTransfer] = books.transfers(portal_of(request))
    page = paged(request, rows)
    shown = with_sums(page, language_of(request), "amount", "unallocated")
    return render(
        request, "billing/all_transfers.html", {"page": page, "transfers": shown, "zone": portal_of(request).time_zone}
    )


@for_operator
@require_safe
def all_papers(request: HttpRequest) -> HttpResponse:
    """Every invoice and credit note, with the years that can be had as one file."""
    rows: QuerySet[Invoice] = invoices.in_portal(portal_of(request))
    page = paged(request, rows)
    years = sorted({2000 + int(series[1:3]) for series in rows.order_by().values_list("series", flat=True).distinct()})
    context = {
        "page": page, "papers": with_sums(page, language_of(request), "total"), "years": years[::-1],
        "zone": portal_of(request).time_zone,
    }  # fmt: skip
    return render(request, "billing/all_papers.html", context)


@for_operator
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's papers for accounts and the provider of electronic invoices, as CSV."""
    made = exports.csv_of(invoices.in_year(portal_of(request), year).iterator(chunk_size=500))
    headers = {"Content-Disposition": f'attachment; filename="hoa-don-{year}.csv"'}
    return HttpResponse(made, content_type="text/csv; charset=utf-8", headers=headers)


@for_operator
@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def seller(request: HttpRequest) -> HttpResponse:
    """Who sells now and sold before; saving adds a row, and changes none."""
    portal = portal_of(request)
    now, moment = orders.seller(portal), clock.now()
    known = {name: getattr(now, name) for name in SellerForm.base_fields if hasattr(now, name)} if now else {}
    initial = {**known, "vat": f"{now.vat_points / 100:g}" if now else "", "valid_on": moment.date()}
    form = SellerForm(request.POST or None, initial=initial)
    if form.is_valid():
        set_seller(person_of(request), portal, said=form.said(), valid_from=form.valid_from(portal.time_zone, moment))
        messages.success(request, _("Đã lưu. Đơn mới dùng dữ liệu này; hóa đơn đã lập giữ nguyên."))
        return redirect("billing:seller")
    rows = [(row, f"{row.vat_points / 100:g}") for row in orders.sellers(portal)]
    context = {"form": form, "sellers": rows, "now": now, "zone": portal.time_zone}
    return render(request, "billing/seller.html", context, status=400 if form.is_bound else 200)
