"""What readers find, and in which order."""

import unicodedata
from datetime import UTC, datetime

import pytest

from loa.search.engine import Engine, Hits, Part
from loa.search.reading import parse
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument


def names(hits: Hits) -> list[str]:
    return [key.partition(":")[0] for key in hits.keys]


def ask(engine: Engine, text: str, **filters: object) -> list[str]:
    return names(engine.search(parse(text), Filters(**{"portal": "1", **filters})))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["thong tin doi ngoai", "THÔNG TIN ĐỐI NGOẠI", "thông tin ngoại", "doi ngoai"])
def test_it_finds_words_typed_with_and_without_marks(engine: Engine, make_document: MakeDocument, text: str) -> None:
    engine.index([make_document("seed", "Phục vụ nhiệm vụ thông tin đối ngoại"), make_document("other")])
    assert ask(engine, text) == ["seed"]


def test_it_finds_decomposed_text_from_both_sides(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a", unicodedata.normalize("NFD", "Đối ngoại")), make_document("b", "Đối nội")])
    assert ask(engine, "đối ngoại") == ["a"]
    assert ask(engine, unicodedata.normalize("NFD", "đối nội")) == ["b"]


@pytest.mark.parametrize("text", ["hòa", "hoà", "HOÀ", "hoa"])
def test_the_place_of_the_tone_does_not_matter(engine: Engine, make_document: MakeDocument, text: str) -> None:
    engine.index([make_document("old", "hòa"), make_document("new", "hoà")])
    assert sorted(ask(engine, text)) == ["new", "old"]


def test_the_spelling_asked_for_comes_first(engine: Engine, make_document: MakeDocument) -> None:
    engine.index(
        [make_document("a", "má", body="dài " * 200), make_document("b", "ma ma ma"), make_document("c", "mà")]
    )
    assert ask(engine, "má")[0] == "a"
    assert ask(engine, "ma")[0] == "b"
    assert ask(engine, "mà")[0] == "c"


def test_exact_phrases_come_before_phrases_that_only_fold_alike(engine: Engine, make_document: MakeDocument) -> None:
    engine.index(
        [
            make_document("folds", "thống tin đổi ngoài", lead="thống tin đổi ngoài " * 5),
            make_document("apart", "ngoại thông đối tin"),
            make_document("exact", body="chữ " * 300 + "thông tin đối ngoại"),
        ]
    )
    assert ask(engine, "thông tin đối ngoại")[0] == "exact"


@pytest.mark.parametrize("text", ["57-KL/TW", "57 KL TW", "57 kl/tw", '"57-KL/TW"'])
def test_a_document_number_is_found_first_however_typed(engine: Engine, make_document: MakeDocument, text: str) -> None:
    engine.index(
        [
            make_document("apart", "TW 57 KL", lead="KL 57 TW " * 9),
            make_document("seed", body="chữ " * 100 + "Kết luận số 57-KL/TW của"),
        ]
    )
    assert ask(engine, text)[0] == "seed"


def test_headlines_weigh_more_than_bodies(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("body", body="gạo xuất khẩu"), make_document("head", "gạo xuất khẩu")])
    assert ask(engine, "gạo") == ["head", "body"]


def test_quotation_marks_keep_words_together_and_a_hyphen_leaves_words_out(
    engine: Engine, make_document: MakeDocument
) -> None:
    engine.index(
        [make_document("a", "cà phê Việt Nam"), make_document("b", "phê cà"), make_document("c", "cà phê Lào")]
    )
    assert sorted(ask(engine, '"ca phe"')) == ["a", "c"]
    assert ask(engine, '"ca phe" -lao') == ["a"]


def test_nothing_crosses_between_portals(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a", "tin"), make_document("b", "tin", portal="2")])
    assert ask(engine, "tin") == ["a"]
    assert ask(engine, "", portal="2") == ["b"]
    assert ask(engine, "tin", portal="") == []


def test_it_filters_by_section_organization_year_language_and_kind(engine: Engine, make_document: MakeDocument) -> None:
    engine.index(
        [
            make_document("a", "tin", sections=["kinh-te", "xa-hoi"], organization_slugs=["x"]),
            make_document("b", "tin", published_at=datetime(2022, 1, 1, tzinfo=UTC), kind="sourced", language="en"),
        ]
    )
    assert ask(engine, "tin", section="xa-hoi") == ["a"]
    assert ask(engine, "tin", organization="x") == ["a"]
    assert ask(engine, "tin", year=2022) == ["b"]
    assert ask(engine, "tin", language="en") == ["b"]
    assert ask(engine, "tin", kind="sourced") == ["b"]


def test_it_sorts_by_date_and_counts_and_pages(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document(str(y), "tin", published_at=datetime(y, 1, 1, tzinfo=UTC)) for y in (1961, 2022, 2024)])
    hits = engine.search(parse("tin"), Filters("1"), by_date=True, facets=True)
    assert names(hits) == ["2024", "2022", "1961"]
    assert hits.facets["year"] == {"1961": 1, "2022": 1, "2024": 1}
    second = engine.search(parse("tin"), Filters("1"), part=Part(1, 1), by_date=True)
    assert (names(second), second.total) == (["2022"], 3)
    assert engine.search(parse("tin"), Filters("1"), Part(offset=10**9)).keys == ()


@pytest.mark.parametrize(
    "text",
    ['"', "-", "--", '""', '-"', "a:b AND (", "+-*/\\", "\x00", "!!!", "đ" * 5000, "a " * 5000, "\ud800", "^~[ TO ]"],
)
def test_whatever_is_typed_is_a_question(engine: Engine, make_document: MakeDocument, text: str) -> None:
    engine.index([make_document("a")])
    ask(engine, text)


def test_a_question_without_words_finds_nothing(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a")])
    assert ask(engine, "!!!") == []
    assert ask(engine, "  ") == ["a"]
