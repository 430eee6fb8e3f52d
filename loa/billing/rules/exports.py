"""Invoices as data for the provider of electronic invoices, and for accounts.

The XML has the names and the order of Circular 78/2021/TT-BTC and Decision 1450/QĐ-TCT (`HDon/DLHDon`), without the
signature and the tax office's code: those the provider adds, and the number may become the provider's own.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from loa.billing.models import Invoice, Paper
from loa.lib import money, spreadsheets

VERSION = "2.0.1"
COLUMNS = (
    "Loại", "Ký hiệu", "Số", "Ngày lập", "Đơn hàng", "Tên người mua", "Mã số thuế", "Địa chỉ", "Thư điện tử",
    "Hàng hóa, dịch vụ", "Đơn vị tính", "Số lượng", "Đơn giá", "Thành tiền", "Thuế suất (%)", "Tiền thuế",
    "Tổng thanh toán", "Tiền tệ", "Điều chỉnh cho", "Lý do",
)  # fmt: skip


def xml_of(invoice: Invoice) -> bytes:
    """One invoice or credit note, UTF-8."""
    data = invoice.data
    root = ET.Element("HDon")
    paper = ET.SubElement(root, "DLHDon", Id="data")
    _head(ET.SubElement(paper, "TTChung"), data)
    content = ET.SubElement(paper, "NDHDon")
    seller, buyer = data["seller"], data["buyer"]
    _add(
        ET.SubElement(content, "NBan"), Ten=seller["name"], MST=seller["tax_code"], DChi=seller["address"],
        DCTDTu=seller["email"], STKNHang=seller["account"], TNHang=seller["bank"],
    )  # fmt: skip
    _add(
        ET.SubElement(content, "NMua"), Ten=buyer["name"], MST=buyer["tax_code"], DChi=buyer["address"],
        DCTDTu=buyer["email"],
    )  # fmt: skip
    lines = ET.SubElement(content, "DSHHDVu")
    for place, line in enumerate(data["lines"], start=1):
        _add(
            ET.SubElement(lines, "HHDVu"), TChat="1", STT=place, THHDVu=line["name"], DVTinh=line["unit"],
            SLuong=line["quantity"], DGia=line["unit_price"], ThTien=line["net"], TSuat=rate(data["vat_points"]),
        )  # fmt: skip
    _totals(ET.SubElement(content, "TToan"), data)
    ET.indent(root)
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def _head(element: ET.Element, data: dict[str, Any]) -> None:
    _add(
        element, PBan=VERSION, THDon="Hóa đơn giá trị gia tăng", KHMSHDon="1", KHHDon=data["series"],
        SHDon=data["number"], NLap=data["issued_on"], DVTTe=data["currency"], TGia="1", HTToan="Chuyển khoản",
    )  # fmt: skip
    if data["paper"] == Paper.CREDIT_NOTE:
        of = data["original"]
        _add(
            ET.SubElement(element, "TTHDLQuan"), TCHDon="2", LHDCLQuan="1", KHMSHDCLQuan="1", KHHDCLQuan=of["series"],
            SHDCLQuan=of["number"], NLHDCLQuan=of["issued_on"], GChu=data["reason"],
        )  # fmt: skip


def _totals(element: ET.Element, data: dict[str, Any]) -> None:
    by_rate = ET.SubElement(ET.SubElement(element, "THTTLTSuat"), "LTSuat")
    _add(by_rate, TSuat=rate(data["vat_points"]), ThTien=data["net"], TThue=data["tax"])
    _add(
        element, TgTCThue=data["net"], TgTThue=data["tax"], TgTTTBSo=data["total"],
        TgTTTBChu=money.in_words(data["total"], data["currency"], "vi"),
    )  # fmt: skip


def _add(element: ET.Element, **children: object) -> None:
    """Children in order; what is empty is left out."""
    for name, value in children.items():
        if str(value):
            ET.SubElement(element, name).text = str(value)


def rate(points: int) -> str:
    """A tax rate as the decision writes it: 8%, or KHAC:8.50% for one that is none of its list."""
    return f"{points // 100}%" if points in (0, 500, 800, 1000) else f"KHAC:{points / 100:.2f}%"


def csv_of(invoices: Iterable[Invoice]) -> str:
    """A row a line of each paper, with the mark that tells spreadsheets it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for invoice in invoices:
        writer.writerows([_cell(value) for value in row] for row in _rows(invoice))
    return spreadsheets.START + out.getvalue()


def _rows(invoice: Invoice) -> list[list[Any]]:
    data, buyer = invoice.data, invoice.data["buyer"]
    of = data.get("original")
    name = "Hóa đơn điều chỉnh" if of else "Hóa đơn"
    return [
        [name, data["series"], f"{data['number']:08d}", data["issued_on"], data["order"], buyer["name"],
         buyer["tax_code"], buyer["address"], buyer["email"], line["name"], line["unit"], line["quantity"],
         line["unit_price"], line["net"], data["vat_points"] / 100, line["tax"], line["total"], data["currency"],
         f"{of['series']} {of['number']:08d}" if of else "", data.get("reason", "")]
        for line in data["lines"]
    ]  # fmt: skip


def _cell(value: Any) -> Any:
    """Numbers stay numbers; a text that would be a formula is made a text again."""
    is_text = isinstance(value, str) and not value.lstrip("-").replace(".", "").isdigit()
    return spreadsheets.as_words(value) if is_text else value
