"""Invoices and credit notes: an owner's list, and each as PDF and as data."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loa.accounts.views import for_operator
from loa.billing.models import Invoice, Paper
from loa.billing.queries import invoices, orders
from loa.billing.rules import exports, papers
from loa.billing.views import for_owners
from loa.lib import dates, money, pdf, pdf_shelf
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

TEMPLATE = Path(__file__).resolve().parents[1] / "data" / "invoice.typ"
SHOWN = 30


@for_owners
@require_safe
@never_cache
def mine(request: HttpRequest, organization: Organization) -> HttpResponse:
    """What an organization ordered, and the papers about it."""
    language = language_of(request)
    page = Paginator(orders.of(organization), SHOWN).get_page(request.GET.get("page"))
    bought = [(row, row.plan.name(language), money.shown(row.amount, row.currency, language)) for row in page]
    context = {
        "organization": organization, "orders": bought, "page": page, "zone": portal_of(request).time_zone,
        "papers": [(row, money.shown(row.total, row.currency, language)) for row in invoices.of(organization)[:200]],
    }  # fmt: skip
    return render(request, "billing/invoices.html", context)


@for_owners
@require_safe
@never_cache
def one_of_mine(request: HttpRequest, organization: Organization, public_id: str, form: str) -> HttpResponse:
    """One paper of this organization."""
    return _answer(request, invoices.of(organization).filter(public_id=public_id).first(), form)


@for_operator
@require_safe
@never_cache
def any_one(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """One paper of the portal."""
    return _answer(request, invoices.in_portal(portal_of(request)).filter(public_id=public_id).first(), form)


def _answer(request: HttpRequest, invoice: Invoice | None, form: str) -> HttpResponse:
    if invoice is None:
        raise Http404
    name = f"{invoice.series}-{invoice.number:08d}.{form}"
    if form == "pdf":
        return _file(_set(request, invoice), "application/pdf", name, "inline")
    made = {
        "xml": (exports.xml_of, "application/xml"),
        "csv": (lambda one: exports.csv_of([one]).encode(), "text/csv; charset=utf-8"),
        "json": (lambda one: papers.canonical(one.data), "application/json"),
    }
    if form not in made:
        raise Http404
    make, kind = made[form]
    return _file(make(invoice), kind, name, "attachment")


def _file(content: bytes, kind: str, name: str, disposition: str) -> HttpResponse:
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=kind, headers=headers)


def _set(request: HttpRequest, invoice: Invoice) -> bytes:
    try:
        return pdf_shelf.kept(
            settings.LOA_HOME / "invoices", invoice.public_id, paper_of(invoice, language_of(request))
        )
    except pdf.NotTypeset as reason:
        raise Http404 from reason


def paper_of(invoice: Invoice, language: str) -> pdf.Paper:
    """The order for the typesetter: everything said, in a language of the interface."""
    data = invoice.data

    def amount(value: int) -> str:
        return money.shown(value, invoice.currency, language)

    line_name = "name" if language == "vi" else "name_en"
    unit = "unit" if language == "vi" else "unit_en"
    lines = [
        [
            line[line_name],
            line[unit],
            str(line["quantity"]),
            amount_of(line["unit_price"], language),
            amount(line["net"]),
        ]
        for line in data["lines"]
    ]
    shown: dict[str, Any] = {
        "language": language, "title": _title(invoice), "number": f"{data['series']} · {data['number']:08d}",
        "meta": _meta(invoice, language), "seller": _seller(data["seller"]), "buyer": _buyer(data["buyer"]),
        "columns": [_("Hàng hóa, dịch vụ"), _("Đơn vị"), _("Số lượng"), _("Đơn giá"), _("Thành tiền")],
        "lines": lines, "about": _about(data, language),
        "totals": [
            [_("Cộng tiền hàng"), amount(data["net"])],
            [_("Thuế GTGT %(rate)s %%") % {"rate": f"{data['vat_points'] / 100:g}"}, amount(data["tax"])],
            [_("Tổng thanh toán"), amount(data["total"])],
        ],
        "words": _("Bằng chữ:") + f" {money.in_words(data['total'], invoice.currency, language)}.",
        "note": _("Bản thể hiện để theo dõi và lưu sổ. Hóa đơn điện tử theo Nghị định 123/2020/NĐ-CP được lập từ cùng "
                  "dữ liệu này qua nhà cung cấp của bên bán."),
        "digest": f"SHA-256 {invoice.digest}", "portal": data["portal"],
    }  # fmt: skip
    return pdf.Paper(template=TEMPLATE, data=shown, made_at=invoice.issued_at)


def amount_of(written: str, language: str) -> str:
    """A price of one, which may have two places behind the comma."""
    whole, _dot, part = written.partition(".")
    said = f"{int(whole):,}" + (f".{part}" if part else "")
    said = said.replace("-", "−")
    return said if language != "vi" else said.translate(str.maketrans(",.", ".,"))


def _title(invoice: Invoice) -> str:
    return _("Hóa đơn điều chỉnh giảm") if invoice.paper == Paper.CREDIT_NOTE else _("Hóa đơn giá trị gia tăng")


def _meta(invoice: Invoice, language: str) -> list[str]:
    day = dates.day_in_words(date.fromisoformat(invoice.data["issued_on"]), language)
    return [_("Ngày lập: %(day)s") % {"day": day}, _("Đơn hàng: %(code)s") % {"code": invoice.data["order"]}]


def _seller(said: dict[str, str]) -> dict[str, Any]:
    account = f"{said['account']} · {said['bank']} · {said['holder']}"
    lines = [(_("Mã số thuế"), said["tax_code"]), (_("Địa chỉ"), said["address"]), (_("Tài khoản"), account)]
    return {"title": _("Bên bán"), "name": said["name"], "lines": _said([*lines, (_("Thư điện tử"), said["email"])])}


def _buyer(said: dict[str, str]) -> dict[str, Any]:
    lines = [(_("Mã số thuế"), said["tax_code"]), (_("Địa chỉ"), said["address"]), (_("Thư điện tử"), said["email"])]
    paid = (_("Thanh toán"), _("Chuyển khoản"))
    return {"title": _("Bên mua"), "name": said["name"], "lines": _said([*lines, paid])}


def _said(lines: list[tuple[str, str]]) -> list[list[str]]:
    return [[name, value] for name, value in lines if value]


def _about(data: dict[str, Any], language: str) -> list[str]:
    """What a credit note is about."""
    of = data.get("original")
    if not of:
        return []
    number = f"{of['series']} {of['number']:08d}"
    day = dates.day_in_words(date.fromisoformat(of["issued_on"]), language)
    said = _("Điều chỉnh giảm cho hóa đơn %(number)s ngày %(day)s.") % {"number": number, "day": day}
    return [said, _("Lý do:") + f" {data['reason']}"]
