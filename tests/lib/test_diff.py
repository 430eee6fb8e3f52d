"""diff: what changed, in words."""

import time

from loa.lib import diff


def test_words_removed_and_added_stand_between_what_stayed() -> None:
    assert diff.runs("Năm tấn mỗi héc-ta", "Năm tấn rưỡi mỗi mẫu") == [
        ("same", "Năm tấn "),
        ("added", "rưỡi "),
        ("same", "mỗi "),
        ("removed", "héc-ta"),
        ("added", "mẫu"),
    ]


def test_the_new_text_can_be_read_out_of_the_runs() -> None:
    new = "Một hai\n\nbốn năm"
    made = diff.runs("Một hai ba\nbốn", new)
    assert "".join(text for kind, text in made if kind != "removed") == new


def test_spaces_alone_are_no_change() -> None:
    assert diff.runs("một  hai\nba ", "một hai\n\nba") == [("same", "một hai\n\nba")]


def test_nothing_and_something() -> None:
    assert diff.runs("", "") == []
    assert diff.runs("", "một hai") == [("added", "một hai")]
    assert diff.runs("một hai", "") == [("removed", "một hai")]


def test_a_word_for_another_is_one_place() -> None:
    assert diff.places(diff.runs("a b c d e", "a x c d e f")) == 2
    assert diff.places(diff.runs("a b", "a b")) == 0


def test_long_stretches_are_cut_around_the_changes() -> None:
    words = [f"w{n}" for n in range(100)]
    made = diff.with_context(diff.runs(" ".join([*words, "x", *words]), " ".join([*words, "y", *words])), words=2)
    assert made == [("same", "… w98 w99 "), ("removed", "x "), ("added", "y "), ("same", "w0 w1 … ")]
    assert diff.with_context([("same", "a b c")], words=1) == [("same", "… ")]


def test_texts_made_to_be_slow_are_not() -> None:
    begun = time.monotonic()
    for n in (2999, 200_000):
        assert diff.places(diff.runs("x " + "a b " * (n // 2) + "y", "z " + "b a " * (n // 2) + "w")) >= 1
    assert time.monotonic() - begun < 60  # compared word by word it would take hours
