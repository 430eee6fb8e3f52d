"""Statements of banks as they come: marks, separators, headings, sums between."""

import unicodedata
from datetime import UTC, datetime

import pytest

from loa.billing.rules.statements import NotAStatement, read

ZONE = "Asia/Ho_Chi_Minh"
WITH_MARKS = """Sao kê tài khoản;;;;;
Số tài khoản: 0123456789;;;;;
STT;Ngày giao dịch;Số tham chiếu;Phát sinh nợ;Phát sinh có;Số dư;Nội dung
1;28/11/2026 10:15:22;FT26333001;;1.234.567,00;9.000.000,00;"CT DEN:LOA7K2M9; cảm ơn"
2;28/11/2026;FT26333002;500.000,00;;8.500.000,00;Phí dịch vụ
;;Tổng cộng;500.000,00;1.234.567,00;;
"""
PLAIN = """Ngay GD,Ma GD,So tien ghi no,So tien ghi co,Dien giai
28-11-2026 10:15,VCB.1,0,"2,160,000",MBVCB.1.LOA7K2M9
29-11-2026,VCB.2,"10,000",0,Phi
"""
ENGLISH = """Transaction Date\tAmount\tDescription
2026-11-28 10:15:22\t+500000 VND\tLOA7K2M9
2026-11-28 10:15:22\t-11000 VND\tFee
2026-11-28 10:15:22\t+500000 VND\tLOA7K2M9
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_vietnamese_headings_with_marks_and_semicolons(encoding: str) -> None:
    found = read(WITH_MARKS.encode(encoding), ZONE)
    (line,) = found.lines
    assert (line.number, line.amount, line.reference) == (4, 1_234_567, "FT26333001")
    assert line.note == "CT DEN:LOA7K2M9; cảm ơn"
    assert line.at == datetime(2026, 11, 28, 3, 15, 22, tzinfo=UTC)
    assert found.unread == []


def test_headings_without_marks_and_commas() -> None:
    (line,) = read(PLAIN.encode(), ZONE).lines
    assert (line.amount, line.reference, line.note) == (2_160_000, "VCB.1", "MBVCB.1.LOA7K2M9")


def test_one_signed_column_and_no_reference() -> None:
    first = read(ENGLISH.encode(), ZONE).lines
    assert [line.amount for line in first] == [500_000, 500_000]
    assert len({line.reference for line in first}) == 2  # two equal payments are two payments
    assert [line.reference for line in read(ENGLISH.encode(), ZONE).lines] == [line.reference for line in first]


def tone_apart(letter: str) -> str:
    """A letter as Windows wrote it: with its vowel mark, the tone behind."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts) + tone


def test_the_old_windows_letters() -> None:
    made = "Ngày giao dịch,Ghi có,Diễn giải,Số tham chiếu\n28/11/2026,500000,abc,1\n"
    apart = "".join(tone_apart(letter) for letter in made)
    (line,) = read(apart.encode("cp1258"), ZONE).lines
    assert line.amount == 500_000


def test_a_line_that_cannot_be_read_is_named() -> None:
    made = "Ngày,Số tiền,Nội dung\nhôm qua,500000,abc\n28/11/2026,1.5.0,abc\n28/11/2026,100000,abc\n"
    found = read(made.encode(), ZONE)
    assert found.unread == [2, 3]
    assert [line.amount for line in found.lines] == [100_000]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"a,b\n1,2\n", b"x" * 2_000_001, "Ngày;Tên\n1;2".encode()])
def test_what_is_no_statement_is_refused(data: bytes) -> None:
    with pytest.raises(NotAStatement):
        read(data, ZONE)
