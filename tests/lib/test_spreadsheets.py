"""Texts as cells: none is reckoned."""

import pytest

from loa.lib.spreadsheets import as_words
from tests.payloads import PAYLOADS


@pytest.mark.parametrize("text", [one.markup for one in PAYLOADS if one.family == "table"])
def test_a_formula_is_words_again(text: str) -> None:
    assert as_words(text) == f"'{text}"


def test_other_texts_stay_as_they_are() -> None:
    for text in ("", "Sao Mai", "a=b", "'=1"):
        assert as_words(text) == text
