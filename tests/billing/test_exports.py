"""Invoices as data: the structure e-invoice providers read, nothing that breaks out of it."""

import csv
import io
from xml.etree import ElementTree as ET

from loa.accounts.models import Person
from loa.billing.actions.order import Details
from loa.billing.actions.refund import refund
from loa.billing.models import Invoice
from loa.billing.rules.exports import csv_of, rate, xml_of
from tests.billing.conftest import SERIES, Buy, Pay

ODD = Details('=HYPERLINK("http://x")', "", "<b>&\"]]>'</b> Hà Nội", "+1@saomai.example")


def an_invoice(buy: Buy, pay: Pay, **other: object) -> Invoice:
    made = buy("le", 3, **other)
    pay(1_500_000, made.code)
    return made.invoices.get()


def test_the_xml_has_the_names_of_the_decision(buy: Buy, pay: Pay) -> None:
    root = ET.fromstring(xml_of(an_invoice(buy, pay)))
    said = {path: root.findtext(f"DLHDon/{path}") for path in (
        "TTChung/KHMSHDon", "TTChung/KHHDon", "TTChung/SHDon", "TTChung/DVTTe", "NDHDon/NBan/MST", "NDHDon/NMua/MST",
        "NDHDon/DSHHDVu/HHDVu/SLuong", "NDHDon/DSHHDVu/HHDVu/ThTien", "NDHDon/DSHHDVu/HHDVu/TSuat",
        "NDHDon/TToan/TgTCThue", "NDHDon/TToan/TgTThue", "NDHDon/TToan/TgTTTBSo", "NDHDon/TToan/TgTTTBChu",
    )}  # fmt: skip
    assert list(said.values()) == [
        "1", SERIES, "1", "VND", "0100109106", "0313028740", "3", "1388889", "8%", "1388889", "111111", "1500000",
        "Một triệu năm trăm nghìn đồng chẵn",
    ]  # fmt: skip
    assert [child.tag for child in root.find("DLHDon/NDHDon") or []] == ["NBan", "NMua", "DSHHDVu", "TToan"]


def test_a_credit_note_names_its_original(buy: Buy, pay: Pay, operator: Person) -> None:
    paper = an_invoice(buy, pay)
    note = refund(operator, paper.order, amount=500_000, reason="Trả lại <một> lượt", key="1")
    head = ET.fromstring(xml_of(note)).find("DLHDon/TTChung/TTHDLQuan")
    assert head is not None
    assert [head.findtext(name) for name in ("TCHDon", "KHHDCLQuan", "SHDCLQuan")] == ["2", SERIES, "1"]
    assert head.findtext("GChu") == "Trả lại <một> lượt"


def test_what_people_wrote_breaks_out_of_neither(buy: Buy, pay: Pay) -> None:
    paper = an_invoice(buy, pay, details=ODD)
    assert ET.fromstring(xml_of(paper)).findtext("DLHDon/NDHDon/NMua/DChi") == ODD.address
    rows = list(csv.reader(io.StringIO(csv_of([paper]).lstrip("\ufeff"))))
    assert rows[1][5].startswith("'=") and rows[1][8].startswith("'+")


def test_negative_amounts_stay_numbers(buy: Buy, pay: Pay, operator: Person) -> None:
    paper = an_invoice(buy, pay)
    note = refund(operator, paper.order, amount=500_000, reason="-1+1", key="1")
    row = list(csv.reader(io.StringIO(csv_of([note]))))[1]
    assert row[16] == "-500000" and row[12] == "-462963" and row[19] == "'-1+1"


def test_rates_are_written_as_the_decision_writes_them() -> None:
    assert [rate(points) for points in (800, 1000, 850, 0)] == ["8%", "10%", "KHAC:8.50%", "0%"]
