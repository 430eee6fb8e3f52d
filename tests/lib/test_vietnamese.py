"""Vietnamese spelling, order and reading time."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.lib import vietnamese

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed-release.txt"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_it_folds_composed_and_decomposed_text_alike(form: str) -> None:
    text = unicodedata.normalize(form, "Đà Nẵng, Ð Thượng tướng ƯỚC")
    assert vietnamese.fold(text) == "da nang, d thuong tuong uoc"


def test_it_drops_soft_hyphens_and_narrows_full_width_digits() -> None:
    assert vietnamese.fold("thông\u00adtin １２３") == "thongtin 123"


def test_it_leaves_other_scripts_whole() -> None:
    assert vietnamese.fold("한국 हिन्दी") == unicodedata.normalize("NFC", "한국 हिन्दी")


@pytest.mark.parametrize(("one", "other"), [("hòa", "hoà"), ("thuý", "thúy"), ("Khỏe", "khoẻ"), ("qủa", "quả")])
def test_both_tone_placements_have_one_key(one: str, other: str) -> None:
    assert vietnamese.canonical_tone(one) == vietnamese.canonical_tone(other)


@pytest.mark.parametrize("word", ["của", "mùa", "quý", "khuya", "hoàn", "nghĩa"])
def test_the_key_leaves_other_words_alone(word: str) -> None:
    assert vietnamese.canonical_tone(word) == word


def test_it_parts_numbers_of_documents_at_their_signs() -> None:
    assert vietnamese.syllables("số 57-KL/TW.") == ["số", "57", "KL", "TW"]


def test_names_sort_by_the_vietnamese_alphabet_then_by_tone() -> None:
    names = ["Đông", "Dung", "Ân", "An", "Ăn", "Bà", "Ba", "Bạ", "Zeta", "3M", "An B"]
    assert sorted(names, key=vietnamese.sort_key) == [
        *("3M", "An", "An B", "Ăn", "Ân", "Ba", "Bà", "Bạ", "Dung", "Đông", "Zeta")
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Công ty TNHH Ánh Dương", "Ánh Dương"),
        ("CÔNG TY CỔ PHẦN Sao Mai", "Sao Mai"),
        ("CTCP Lúa", "Lúa"),
        ("Tập đoàn", "Tập đoàn"),
    ],
)
def test_a_name_is_listed_without_its_legal_form(name: str, short: str) -> None:
    assert vietnamese.sort_name(name) == short


@pytest.mark.parametrize(
    ("name", "letter"), [("Tập đoàn Ánh", "A"), ("Đỏ", "Đ"), ("3M", "#"), ("", "#"), ("Ủy ban", "U")]
)
def test_the_letter_of_a_name(name: str, letter: str) -> None:
    assert vietnamese.initial(name) == letter


def test_reading_time_is_rounded_half_up_and_never_zero() -> None:
    assert vietnamese.reading_minutes("") == 1
    assert vietnamese.reading_minutes("a " * 375) == 2
    assert vietnamese.reading_minutes("a " * 374) == 1
    assert vietnamese.reading_minutes("a " * 330, "en") == 2


@given(st.text(st.sampled_from("aĐớ _-1.\u0301\u00ad\u200b漢한กา\n…“")))
def test_counting_syllables_is_finding_them(text: str) -> None:
    composed = vietnamese.nfc(text)
    assert vietnamese._count(composed) == len(vietnamese.syllables(composed))


def test_every_sign_parts_words_when_they_are_counted_as_when_they_are_found() -> None:
    for code in (*range(0x20, 0x370), *range(0x1E00, 0x1F00), *range(0x2010, 0x20C0)):
        text = unicodedata.normalize("NFC", f"ế{chr(code)}b {chr(code)}")
        assert vietnamese._count(text) == len(vietnamese.syllables(text)), hex(code)


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside the project")
def test_the_seed_page_takes_five_minutes() -> None:
    text = SEED.read_text(encoding="utf-8")
    body = text[text.index("Trưởng BCĐ") : text.index("Một nguồn:")]
    assert vietnamese.reading_minutes(body) == 5


def test_what_no_feed_can_hold_is_not_kept() -> None:
    assert vietnamese.kept("a\x00b\x01\x1bc\ud800\ufffe\td\n") == "abc\td\n"


def test_a_kept_text_is_never_longer_than_the_form_counted() -> None:
    assert len(vietnamese.kept("\u0958" * 300)) == 300
