"""What makes a release wait for a person: a table of signs, applied to facts."""

from dataclasses import replace
from datetime import datetime

import pytest

from loa.moderation.rules import risk
from loa.moderation.rules.risk import Facts

CALM = Facts(is_verified=True, local=datetime(2026, 11, 28, 10, 0))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"is_new": True}, "new"), ({"looks_like": "Vinamilk"}, "alike"), ({"is_recovered": True}, "recovered"),
        ({"price_words": ("sap nhap",)}, "price"), ({"is_results": True}, "results"),
        ({"is_like_earlier": "Tin cũ"}, "duplicate"), ({"is_verified": False}, "unverified"), ({"links": 10}, "links"),
        ({"sites": 4}, "links"), ({"is_new_device": True}, "device"), ({"is_ownerless": True}, "ownerless"),
        ({"local": datetime(2026, 11, 28, 23, 0)}, "night"),
        ({"local": datetime(2026, 11, 28, 5, 59)}, "night"),
    ],
)  # fmt: skip
def test_each_sign_shows_alone(facts: dict[str, object], name: str) -> None:
    assert [one["name"] for one in risk.weigh(replace(CALM, **facts)).signs] == [name]  # type: ignore[arg-type]


def test_a_calm_release_of_a_known_sender_goes_straight_out() -> None:
    weight = risk.weigh(CALM)
    assert (weight.score, weight.is_held) == (0, False)


@pytest.mark.parametrize("facts", [{"is_new": True}, {"looks_like": "Vinamilk"}, {"is_recovered": True}])
def test_some_signs_always_ask_for_a_person(facts: dict[str, object]) -> None:
    assert risk.weigh(replace(CALM, **facts)).is_held  # type: ignore[arg-type]


def test_small_signs_add_up() -> None:
    said = replace(CALM, price_words=("phá sản",))
    assert not risk.weigh(said).is_held
    assert risk.weigh(replace(said, is_verified=False)).is_held


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hai công ty sẽ SÁP NHẬP vào tháng tới", ("sáp nhập",)),
        ("Walmart announces partnership with Litecoin", ("litecoin",)),
        ("Công ty nộp đơn phá sản; cổ tức bị hoãn", ("phá sản", "cổ tức")),
        ("Trường tổ chức lễ hội mùa xuân, tiponline.vn", ()),
    ],
)
def test_words_that_move_prices_are_found_however_they_are_written(text: str, found: tuple[str, ...]) -> None:
    assert risk.price_words(text) == found


def test_reasons_are_sentences_the_heaviest_first() -> None:
    signs = risk.weigh(replace(CALM, is_new=True, price_words=("sap nhap",), is_verified=False)).signs
    assert risk.in_words([*signs, {"name": "gone", "points": 1, "said": ""}]) == [
        "Bài đầu tiên của tổ chức", "Từ ngữ động tới giá cổ phiếu: sap nhap", "Chưa chứng minh tên miền"
    ]  # fmt: skip
