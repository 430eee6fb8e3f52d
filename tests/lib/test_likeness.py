"""likeness: names that look like another's have one skeleton, or lie one letter apart; others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.lib import likeness

ALIKE = [
    ("Công ty Cổ phần Sữa Việt Nam", "CTCP Sữa Việt-Nam"),
    ("Công ty TNHH Một thành viên Sao Mai", "Sao Mai Co., Ltd"),
    ("Vinamilk JSC", "Vlnamilk"),
    ("Vinamilk", "Vіnаmіlk"),  # three letters are Cyrillic
    ("Vietcombank", "Vietcornbank"),
    ("Ngân hàng TMCP Á Châu", "NGÂN HÀNG Á CHÂU"),
    ("FPT Online", "FPT 0nline"),
    ("Hòa Phát Group", "Tập đoàn Hoà Phát"),
    ("Masan\u200b Group", "Masan"),
    ("Ｍａｓａｎ", "Masan"),
]
NEAR = [("Viettel", "Vietel"), ("Vinamilk", "Vinamilkk"), ("Techcombank", "Techcobmank"), ("Petrolimex", "Petrolimax")]
APART = [
    ("Công ty Trăng Mới", "Hợp tác xã Sao Mai"),
    ("ACB", "VCB"),
    ("Công ty May 10", "Công ty May 1"),
    ("Trường Mầm non số 3", "Trường Mầm non số 5"),
    ("Trường THPT Nguyễn Huệ", "Trường THPT Nguyễn Du"),
]


def key(name: str) -> str:
    return likeness.of_name(name).key


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_looks_alike_has_one_skeleton(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_one_letter_is_noticed(one: str, other: str) -> None:
    assert key(one) != key(other)
    assert likeness.is_within_one(key(one), key(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_others_are_left_alone(one: str, other: str) -> None:
    short = min(len(key(one)), len(key(other))) < likeness.SHORTEST_NEAR
    assert key(one) != key(other)
    assert short or not likeness.is_within_one(key(one), key(other))


@pytest.mark.parametrize("other", ["saomai.com.vn", "sao-mai.vn", "saomai.net", "ѕаоmаі.com".encode("idna").decode()])
def test_dashes_and_endings_tell_no_domain_from_another(other: str) -> None:
    assert likeness.of_domain(other).key == likeness.of_domain("saomai.vn").key


def test_a_name_that_is_a_legal_form_alone_keeps_it() -> None:
    assert key("Công ty Cổ phần") == "congtycophan"


letters = st.text("abcdeghlmost", min_size=6, max_size=20)


@given(letters, st.integers(0, 30), st.sampled_from("abxz"), st.sampled_from(["put", "take", "change", "swap"]))
def test_whoever_is_one_letter_away_shares_a_half(name: str, place: int, letter: str, way: str) -> None:
    one = likeness.of_name(name)
    at = place % max(1, len(one.key) - 1)
    rest = one.key[at + 1 :]
    other = {
        "put": one.key[:at] + letter + one.key[at:], "take": one.key[:at] + rest,
        "change": one.key[:at] + letter + rest, "swap": one.key[:at] + rest[:1] + one.key[at : at + 1] + rest[1:],
    }[way]  # fmt: skip
    if min(len(one.key), len(other)) < likeness.SHORTEST_NEAR:
        return
    heads, tails = likeness.halves_within_one(other)
    assert one.head in heads or one.tail in tails
    assert likeness.is_within_one(one.key, other)
