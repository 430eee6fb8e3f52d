"""What an invoice says: plain values, their canonical form, and its series."""

import hashlib
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from loa.billing.models import Invoice, Order, Paper, Seller
from loa.lib import money
from loa.plans.models import Kind


def series_of(seller: Seller, at: datetime) -> str:
    """C (with a code of the tax office), the year's last two digits, T (a business), the seller's letters."""
    year = at.astimezone(ZoneInfo(seller.portal.time_zone)).year
    return f"C{year % 100:02d}T{seller.series}"


def canonical(data: dict[str, Any]) -> bytes:
    """Keys in order, no spaces, UTF-8: the same bytes for the same invoice everywhere."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(data)).hexdigest()


def invoice_data(order: Order, seller: Seller, series: str, number: int, at: datetime) -> dict[str, Any]:
    """Everything on the invoice of a paid order."""
    line = {"name": _what(order, "vi"), "name_en": _what(order, "en"), **_unit(order)}
    net = money.without_tax(order.amount, seller.vat_points)[0]
    return _data(order, seller, series, number, at, order.amount, line, seller.vat_points, net)


def credit_note_data(
    original: Invoice, seller: Seller, series: str, number: int, at: datetime, amount: int, before: int, reason: str
) -> dict[str, Any]:
    """Everything on the paper that takes some of an invoice back, at the tax the invoice had.

    `before` is what earlier ones took: the tax is parted on the sums, so that all together are the invoice again.
    """
    order, points = original.order, original.data["vat_points"]
    net = money.without_tax(before, points)[0] - money.without_tax(before + amount, points)[0]
    line = {
        "name": f"Điều chỉnh giảm: {_what(order, 'vi')}", "name_en": f"Reduction: {_what(order, 'en')}",
        "quantity": 1, "unit": "lần", "unit_en": "time",
    }  # fmt: skip
    told = {"series": original.series, "number": original.number, "issued_on": original.data["issued_on"]}
    data = _data(order, seller, series, number, at, -amount, line, points, net)
    return {**data, "paper": Paper.CREDIT_NOTE.value, "original": told, "reason": reason}


def _data(
    order: Order, seller: Seller, series: str, number: int, at: datetime, total: int, line: dict[str, Any],
    points: int, net: int,
) -> dict[str, Any]:  # fmt: skip
    tax = total - net
    return {
        "paper": Paper.INVOICE.value, "series": series, "number": number, "order": order.code,
        "issued_on": at.astimezone(ZoneInfo(seller.portal.time_zone)).date().isoformat(),
        "currency": order.currency, "vat_points": points, "net": net, "tax": tax, "total": total,
        "lines": [{**line, "unit_price": _share(net, line["quantity"]), "net": net, "tax": tax, "total": total}],
        "seller": {
            "name": seller.legal_name, "tax_code": seller.tax_code, "address": seller.address, "email": seller.email,
            "account": seller.account, "bank": seller.bank_name, "holder": seller.holder,
        },
        "buyer": {
            "name": order.buyer_name, "tax_code": order.buyer_tax_code, "address": order.buyer_address,
            "email": order.buyer_email,
        },
        "portal": seller.portal.name,
    }  # fmt: skip


def _what(order: Order, language: str) -> str:
    service = "Dịch vụ đăng thông cáo báo chí trên" if language == "vi" else "Publishing of press releases on"
    said = f"{service} {order.portal.name}: {order.plan.name(language)}"
    if order.plan.kind == Kind.CREDIT:
        return said
    months = order.plan.months
    return f"{said}, {months} tháng" if language == "vi" else f"{said}, {months} month{'s' if months > 1 else ''}"


def _unit(order: Order) -> dict[str, Any]:
    is_credit = order.plan.kind == Kind.CREDIT
    unit, unit_en = ("thông cáo", "release") if is_credit else ("gói", "plan")
    return {"quantity": order.quantity, "unit": unit, "unit_en": unit_en}


def _share(net: int, quantity: int) -> str:
    """The price of one without tax: whole where it comes out even, else with two places."""
    return str(net // quantity) if net % quantity == 0 else f"{net / quantity:.2f}"
