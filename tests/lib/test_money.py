"""Money as it is written, read and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.lib import money, tax_codes


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (2_000_000, "Hai triệu đồng chẵn"),
        (2_160_000, "Hai triệu một trăm sáu mươi nghìn đồng chẵn"),
        (1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
        (105, "Một trăm linh năm đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (21, "Hai mươi mốt đồng"),
        (15, "Mười lăm đồng"),
        (0, "Không đồng"),
        (-500_000, "Âm năm trăm nghìn đồng chẵn"),
    ],
)
def test_it_is_said_in_vietnamese(amount: int, said: str) -> None:
    assert money.in_words(amount, "VND", "vi") == said


def test_it_is_said_in_english() -> None:
    assert money.in_words(2_160_000, "VND", "en") == "Two million one hundred and sixty thousand Vietnamese dong"
    assert money.in_words(1_005, "USD", "en") == "One thousand and five US dollars"


def test_it_is_written_as_readers_write_it() -> None:
    assert money.shown(2_000_000, "VND", "vi") == "2.000.000\u00a0₫"
    assert money.shown(2_000_000, "VND", "en") == "VND\u00a02,000,000"
    assert money.shown(90, "USD", "vi") == "90\u00a0USD"
    assert money.shown(-90, "USD", "en") == "−USD\u00a090"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.234.567,00", 1_234_567), ("1,234,567.00", 1_234_567), ("+2 000 000 VND", 2_000_000), ("500000", 500_000),
     ("-1.000", -1000), ("1.234.567 đ", 1_234_567), ("(500)", -500), ("1000,0", 1000)],
)  # fmt: skip
def test_it_is_read_as_banks_write_it(typed: str, amount: int) -> None:
    assert money.read(typed) == amount


@pytest.mark.parametrize("typed", ["", "abc", "1.5", "1,25", "1.23.456", "--5", "1e6", "½"])
def test_half_a_dong_and_what_is_no_amount_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"no amount|parts of a unit"):
        money.read(typed)


@given(total=st.integers(-(10**13), 10**13), rate=st.integers(0, 3000))
def test_the_net_amount_and_the_tax_are_the_total(total: int, rate: int) -> None:
    net, tax = money.without_tax(total, rate)
    assert net + tax == total
    assert abs(net * rate - tax * 10_000) <= 10_000 + rate  # within half a unit


@given(amount=st.integers(-(10**13), 10**13))
def test_what_is_written_is_read_again(amount: int) -> None:
    assert money.read(money.shown(amount, "VND", "vi")) == amount


def test_tax_codes_are_checked_by_their_tenth_digit() -> None:
    assert tax_codes.read("0100 109.106") == "0100109106"
    assert tax_codes.read("0100109106001") == tax_codes.read("0100109106-001") == "0100109106-001"
    for wrong in ("0100109107", "010010910", "0100109106-000", "abc", "", "01001091060012"):
        with pytest.raises(ValueError, match="tax code"):
            tax_codes.read(wrong)
