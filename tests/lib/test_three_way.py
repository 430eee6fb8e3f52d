"""Two texts that began from one come together, and what both changed is never decided without a person."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.lib.three_way import is_same, merge, outermost

BASE = {"headline": "Một", "lead": "Hai", "body": "<p>a</p>\n<p>b</p>\n<p>c</p>"}


def joined(mine: dict[str, Any], theirs: dict[str, Any], **options: Any) -> Any:
    return merge(BASE, {**BASE, **mine}, {**BASE, **theirs}, **options)


def test_what_one_changed_is_taken_from_them() -> None:
    made = joined({"headline": "Của tôi"}, {"lead": "Của Bình"})
    assert (made.fields["headline"], made.fields["lead"]) == ("Của tôi", "Của Bình")
    assert (made.from_theirs, made.conflicts) == (("lead",), ())


def test_what_both_changed_alike_is_no_conflict() -> None:
    assert joined({"lead": "Như nhau"}, {"lead": "Như nhau"}).conflicts == ()


def test_what_both_changed_is_for_a_person() -> None:
    made = joined({"lead": "Của tôi"}, {"lead": "Của Bình"})
    assert made.conflicts == ("lead",)
    assert made.fields["lead"] == "Của Bình"


def test_without_a_base_everything_that_differs_is_for_a_person() -> None:
    made = merge(None, {"headline": "A", "lead": "B"}, {"headline": "A", "lead": "C"})
    assert made.conflicts == ("lead",)


def test_blocks_far_apart_come_together() -> None:
    made = joined({"body": "<p>a1</p><p>b</p><p>c</p>"}, {"body": "<p>a</p><p>b</p><p>c</p><p>d</p>"}, blocks=["body"])
    assert made.fields["body"] == "<p>a1</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>"
    assert (made.from_theirs, made.conflicts) == (("body",), ())


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("<p>a</p><p>b1</p><p>c</p>", "<p>a</p><p>b2</p><p>c</p>"),
        ("<p>a</p><p>c</p>", "<p>a</p><p>b2</p><p>c</p>"),
        ("<p>a</p><p>b</p><p>x</p><p>c</p>", "<p>a</p><p>b</p><p>y</p><p>c</p>"),
    ],
)
def test_blocks_both_touched_are_for_a_person(mine: str, theirs: str) -> None:
    assert joined({"body": mine}, {"body": theirs}, blocks=["body"]).conflicts == ("body",)


def test_fields_that_belong_together_are_looked_at_together() -> None:
    made = joined({"headline": "Của tôi"}, {"lead": "Của Bình"}, tied=[{"headline", "lead"}])
    assert set(made.conflicts) == {"headline", "lead"}
    alone = joined({"headline": "Của tôi", "lead": "Của tôi"}, {}, tied=[{"headline", "lead"}])
    assert alone.conflicts == ()


ROWS = [{"id": "1", "say": "a"}, {"id": "2", "say": "b"}]
NEW = {"id": "3", "say": "c"}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ([{"id": "1", "say": "A"}, ROWS[1]], [*ROWS, NEW], [{"id": "1", "say": "A"}, ROWS[1], NEW]),
        ([ROWS[1], ROWS[0]], [*ROWS, NEW], [ROWS[1], ROWS[0], NEW]),
        ([ROWS[0]], [*ROWS, NEW], [ROWS[0], NEW]),
        ([ROWS[0]], [ROWS[0], {"id": "2", "say": "B"}], None),
        ([{"id": "1", "say": "A"}, ROWS[1]], [{"id": "1", "say": "x"}, ROWS[1]], None),
    ],
)
def test_rows_come_together_by_their_key(mine: list[Any], theirs: list[Any], expected: list[Any] | None) -> None:
    made = merge({"quotes": ROWS}, {"quotes": mine}, {"quotes": theirs}, rows=["quotes"])
    assert made.conflicts == (() if expected else ("quotes",))
    assert made.fields["quotes"] == (expected or theirs)


def test_what_is_empty_and_what_is_not_there_are_alike() -> None:
    assert is_same([{"alt": "Lúa", "caption": ""}], [{"alt": "Lúa"}])
    assert not is_same([{"alt": "Lúa"}], [{"alt": "Lúa", "caption": "Gặt"}])
    assert not is_same(0, None)


def test_the_outermost_elements_are_whole() -> None:
    figure = '<figure><img src="/m/a.webp" alt=""><figcaption>Lúa</figcaption></figure>'
    table = "<table><tbody><tr><td><p>x</p></td></tr></tbody></table>"
    assert list(outermost(f"<p>a<br>b &amp; c</p>\n{figure}{table}chữ")) == [
        "<p>a<br>b &amp; c</p>", figure, table, "chữ",
    ]  # fmt: skip


TEXTS = st.lists(st.sampled_from("abcdef"), max_size=8)


@given(TEXTS, TEXTS, TEXTS)
def test_no_block_that_one_wrote_is_lost(base: list[str], mine: list[str], theirs: list[str]) -> None:
    was, ours, others = ("".join(f"<p>{one}</p>" for one in text) for text in (base, mine, theirs))
    made = merge({"b": was}, {"b": ours}, {"b": others}, blocks=["b"])
    if not made.conflicts:
        kept = made.fields["b"]
        new = (set(mine) | set(theirs)) - set(base)
        assert all(f"<p>{one}</p>" in kept for one in new)
