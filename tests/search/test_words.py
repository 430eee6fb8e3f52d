"""Letters to terms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.search.cutting import Terms, terms
from loa.search.fields import pairs
from loa.search.words import _WORD, exact_terms, folded_terms, forms, spans, spans_of, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đối ngoại", "doi ngoai"), ("ÐỐI", "đối"), ("ðối", "doi"), ("hòa", "hoà"), ("thúy", "thuý"), ("qủa", "quả"),
        ("Kết luận ５７", "ket luan 57"), ("thông\u00adtin", "thongtin"), ("thông\u200btin", "thông\u2060tin"),
        ("\ufefftin", "tin"), ("Ｌｏａ", "loa"), ("Straße", "strasse"), ("smørrebrød", "smorrebrod"),
        ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("ёлка", "елка"), ("Æon", "aeon"),
        ("كِتَاب", "كتاب"), ("أحمد", "احمد"), ("مدرسة", "مدرسه"), ("فارسی", "فارسي"), ("٢٠٢٣", "2023"), ("۲۰۲۳", "2023"),
        ("العـــربية", "العربية"), ("שָׁלוֹם", "שלום"),
    ],
)  # fmt: skip
def test_both_fold_to_the_same_terms(one: str, other: str) -> None:
    assert folded_terms(one) == folded_terms(other)
    assert folded_terms(unicodedata.normalize("NFD", one)) == folded_terms(other)


def test_the_exact_form_keeps_tones_and_letters_apart() -> None:
    assert len({forms(word)[1] for word in ("ma", "má", "mà", "mả", "mã", "mạ", "mâ", "mă")}) == 8
    assert exact_terms("hòa Hoà HOÀ") == ["hoà"] * 3


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("有机稻米", ["有", "机", "稻", "米"]),
        ("ข้าวอินทรีย์", ["ข้", "า", "ว", "อิ", "น", "ท", "รี", "ย์"]),
        ("ເຂົ້າ", ["ເ", "ຂົ້", "າ"]),
        ("អង្ករ", ["អ", "ង្", "ក", "រ"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("tiếng 日本 và Nhật", ["tiếng", "日", "本", "và", "nhật"]),
    ],
)
def test_marks_stay_with_their_letters_in_every_script(text: str, terms: list[str]) -> None:
    assert exact_terms(text) == [unicodedata.normalize("NFC", term) for term in terms]


def test_places_are_those_of_the_text() -> None:
    text = "Số 57-KL/TW"
    assert [text[start:end] for _, _, (start, end) in spans(text)] == ["Số", "57", "KL", "TW"]


@given(st.text(max_size=60))
def test_the_short_way_cuts_like_the_long_one(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(text) == [match[0] for match in _WORD.finditer(composed)]
    assert [place for _, _, place in spans(composed)] == [match.span() for match in _WORD.finditer(composed)]


@given(
    st.lists(st.text(max_size=20) | st.sampled_from(["Hà Nội,", "TP.HCM", "57-KL/TW", " - ", "日本", "\u0301a", "x_y"]))
)
def test_terms_found_piece_by_piece_are_those_of_the_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    folded = folded_terms(text)
    found = terms(text)
    assert found.folded == " ".join(folded)
    assert found.exact == " ".join(exact_terms(text))
    assert found.pairs == " ".join(pairs(folded))


@given(st.text(max_size=60), st.text(max_size=20))
def test_the_words_asked_for_are_found_as_if_all_were_looked_at(text: str, asked: str) -> None:
    composed = unicodedata.normalize("NFC", f"{text} Thông tin, đối-ngoại {asked} straße_œuvre ﬁn İI")
    terms = {"thong", "ngoai", "strasse", "tin", "i", *folded_terms(asked)}
    assert spans_of(composed, terms) == [one for one in spans(composed) if one[0] in terms]


_LATIN = st.text("".join(map(chr, (*range(0x20, 0x250), *range(0x1EA0, 0x1EFA), 0x2013, 0x201C, 0x20AB, 0x212A))))


@given(st.lists(st.sampled_from(["thông", "TIN", "đối-ngoại", "Łódź", "m²", "x_y", "K", "hoà", "  "]) | _LATIN))
def test_in_latin_letters_too(pieces: list[str]) -> None:
    composed = unicodedata.normalize("NFC", " ".join(pieces))
    terms = {"thong", "ngoai", "lodz", "m²", "k", *folded_terms(composed)[::3]}
    assert spans_of(composed, terms) == [one for one in spans(composed) if one[0] in terms]


@given(st.lists(_LATIN | st.sampled_from(["hoà", "Hòa", "THÚY", "qúa", "qùy", "òâ", "quúa", "½", "l" * 61, "\u200b"])))
def test_terms_of_latin_letters_too(pieces: list[str]) -> None:
    text = "".join(pieces)
    folded, exact = folded_terms(text), exact_terms(text)
    assert terms(text) == Terms(" ".join(folded), " ".join(exact), " ".join(pairs(folded)))
