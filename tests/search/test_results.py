"""What a results page shows of a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.search import results


def test_it_marks_the_readers_words_and_escapes_the_rest() -> None:
    assert results.highlight("<b>Thông tin</b> & đối", "thong tin") == (
        "&lt;b&gt;<mark>Thông tin</mark>&lt;/b&gt; &amp; đối"
    )


def test_marks_and_entities_inside_words_stay_in_place() -> None:
    text = unicodedata.normalize("NFD", "Hòa & Đà Nẵng")
    assert results.highlight(text, "da nang") == "Hòa &amp; <mark>Đà Nẵng</mark>"


def test_the_spelling_asked_for_is_marked_where_there_is_one() -> None:
    assert results.highlight("má và mà", "má") == "<mark>má</mark> và mà"
    assert results.highlight("mà", "má") == "<mark>mà</mark>"
    assert results.highlight("má và mà", "ma") == "<mark>má</mark> và <mark>mà</mark>"


def test_a_document_number_is_one_mark() -> None:
    assert results.highlight("số 57-KL/TW.", "57 kl tw") == "số <mark>57-KL/TW</mark>."


@pytest.mark.parametrize("query", ["", "!!!", "<script>", '"'])
def test_it_never_lets_markup_through(query: str) -> None:
    assert "<script>" not in results.highlight("<script>x</script>", query)
    assert "<script>" not in results.snippet("<script>x</script> " * 60, query)


def test_a_snippet_shows_the_words_that_stand_together() -> None:
    text = "tin " + "chữ " * 200 + "thông tin đối ngoại " + "chữ " * 200
    shown = results.snippet(text, "thông tin đối ngoại", length=80)
    assert "<mark>thông tin đối ngoại</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 120


def test_a_snippet_without_hits_is_the_beginning() -> None:
    assert results.snippet("chữ " * 100, "xyz", length=20) == "chữ chữ chữ chữ chữ …"


def test_a_snippet_of_one_endless_word_does_not_fail() -> None:
    assert len(results.snippet("a" * 1000, "a", length=50)) < 60


@given(st.text(st.sampled_from("ab \n\t\xa0\u2028\u3000\x85\x1c\u200bđ"), max_size=30))
def test_a_snippet_stands_on_one_line(text: str) -> None:
    assert results.snippet(text, "xyz") == " ".join(text.split())
