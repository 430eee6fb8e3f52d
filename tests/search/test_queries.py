"""The read that pages call."""

from pathlib import Path
from typing import Any

import pytest

from loa.search import queries
from loa.search.errors import IndexUnavailable
from loa.search.queries import Narrowing, Page
from tests.search.conftest import MakeDocument

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.LOA_SEARCH_FOLDER = tmp_path / "search"
    return tmp_path


def test_a_page_of_hits_names_entries_and_languages(make_document: MakeDocument) -> None:
    queries.engine().rebuild(
        [make_document("a"), make_document("a", key="a:en", language="en"), make_document("b", "Tin tin")]
    )
    result = queries.search(1, "tin", page=queries.Page(size=2))
    assert (result.total, result.entries, result.has_next) == (3, 2, True)
    assert sorted(queries.search(1, "tin").ids) == ["a", "b"]
    assert [hit.public_id for hit in queries.search(1, "tin", queries.Narrowing(language="en")).hits] == ["a"]
    assert result.facets["organization"] == {"sao-mai": 2}
    assert result.facets["language"] == {"vi": 2, "en": 1}
    assert queries.search(1, "tin", page=Page(sort="date")).entries == 2


def test_of_very_many_the_entries_are_counted_roughly(
    make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.search.counting._EXACTLY", 3)
    names = [str(number) for number in range(40)]
    queries.engine().rebuild(
        make_document(name, key=f"{name}:{language}", language=language) for name in names for language in ("vi", "en")
    )
    result = queries.search(1, "tin")
    assert (result.total, result.entries) == (80, 40)


@pytest.mark.parametrize(
    "page", [Page(number=10**30), Page(number=-5), Page(size=0), Page(sort="date", before="9" * 25, after="x")]
)
def test_numbers_out_of_range_are_no_failure(make_document: MakeDocument, page: Page) -> None:
    queries.engine().rebuild([make_document("a")])
    queries.search(1, "tin", page=page)
    for year in (10**30, -1):
        assert queries.search(1, "tin", queries.Narrowing(year=year)).total == 0


def test_a_missing_index_is_a_fact_pages_can_tell() -> None:
    with pytest.raises(IndexUnavailable):
        queries.search(1, "tin")


def test_an_address_says_what_was_chosen() -> None:
    said = {"q": "cảng", "section": " kinh-te ", "year": "2025", "language": "v\0i", "sort": "date"}
    assert Narrowing.said_by(said) == Narrowing(section="kinh-te", year=2025, language="vi")
    assert {Narrowing.said_by({"year": year}).year for year in ("", "25", "20255", "xxxx", "²²²²")} == {None}
