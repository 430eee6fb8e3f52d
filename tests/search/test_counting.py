"""How many there are, and how they spread: of a large archive a sample tells."""

import pytest

from loa.search import counting, fields
from loa.search.engine import Engine
from loa.search.reading import parse
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument


@pytest.fixture
def large(engine: Engine, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Three thousand texts, which count as many here."""
    monkeypatch.setattr(counting, "_ALL_OF", 100)
    monkeypatch.setattr(counting, "_ENOUGH", 30)
    engine.rebuild(
        make_document(str(number), "Tin hiếm" if number < 9 else "Tin", kind="event" if number % 3 else "news")
        for number in range(3000)
    )
    return engine


def test_many_are_counted_in_a_sample(large: Engine) -> None:
    found = large.search(parse("tin"), Filters("1"), facets=True)
    assert found.is_about
    assert found.entries == found.total == sum(found.facets["kind"].values())
    assert 2400 < found.total < 3600
    assert 1.6 < found.facets["kind"]["event"] / found.facets["kind"]["news"] < 2.5


def test_few_are_counted_one_by_one(large: Engine) -> None:
    found = large.search(parse("hiếm"), Filters("1"), facets=True)
    assert (found.is_about, found.total, found.entries) == (False, 9, 9)
    assert found.facets["kind"] == {"event": 6, "news": 3}


def test_an_entry_in_two_languages_is_counted_once_in_a_sample_too(large: Engine, make_document: MakeDocument) -> None:
    large.rebuild(
        make_document(str(number), key=f"{number}:{language}", language=language)
        for number in range(3000)
        for language in ("vi", "en")
    )
    found = large.search(parse("tin"), Filters("1"), facets=True)
    assert found.is_about
    assert 0.45 < found.entries / found.total < 0.55
    assert sum(found.facets["kind"].values()) == pytest.approx(found.entries, rel=0.02)
    assert found.facets["language"] == pytest.approx({"vi": found.entries, "en": found.entries}, rel=0.02)


def test_facets_count_entries_where_too_many_texts_are_found_to_be_looked_at(
    engine: Engine, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_EXACTLY", 10)
    engine.rebuild(
        make_document(str(number), key=f"{number}:{language}", language=language, kind="event" if number else "news")
        for number in range(100)
        for language in ("vi", "en", "fr")
    )
    found = engine.search(parse("tin"), Filters("1"), facets=True)
    assert (found.total, found.entries) == (300, 100)
    assert found.facets["kind"] == {"event": 99, "news": 1}
    assert found.facets["language"] == {"vi": 100, "en": 100, "fr": 100}


def test_a_sample_is_drawn_by_chance_and_always_the_same() -> None:
    drawn = [fields.samples(f"entry-{number}") for number in range(6400)]
    assert drawn == [fields.samples(f"entry-{number}") for number in range(6400)]
    assert 60 < sum("64" in one for one in drawn) < 140
    assert 650 < sum("8" in one for one in drawn) < 950
    assert all("8" in one for one in drawn if "64" in one)


def test_texts_in_more_languages_than_are_shown_are_counted_too(
    engine: Engine, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_OF_EACH_PART", 15)
    engine.rebuild(
        make_document(str(number), key=f"{number}:{language}", language=language)
        for number in range(3)
        for language in (f"x{letter}" for letter in "abcdefghijklmnopqrs")
    )
    found = engine.search(parse("tin"), Filters("1"), facets=True)
    assert (found.total, found.entries) == (57, 3)
    assert len(found.facets["language"]) == 12
    assert engine.search(parse("xyz"), Filters("1"), facets=True).total == 0


def test_nothing_is_counted_in_an_index_without_a_text(engine: Engine) -> None:
    assert engine.search(parse("tin"), Filters("1"), facets=True).total == 0
