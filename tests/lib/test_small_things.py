"""Slugs, ids and moments."""

import re
from datetime import UTC, datetime

import pytest

from loa.lib import clock, slugs, tokens


def test_a_slug_is_folded_and_cut_at_a_word() -> None:
    assert slugs.slugify("Huy động mọi nguồn lực!") == "huy-dong-moi-nguon-luc"
    assert slugs.slugify("một hai ba", 8) == "mot-hai"
    assert slugs.slugify("a" * 100, 10) == "a" * 10


def test_a_slug_is_never_empty() -> None:
    assert slugs.slugify("!!!") == "thong-cao"


def test_ids_are_lower_case_and_of_one_length() -> None:
    assert re.fullmatch(r"[a-z2-7]{26}", tokens.random_id())
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{10}", tokens.short_id())


def test_a_moment_is_read_into_utc() -> None:
    assert clock.parse_rfc3339("2023-10-11T08:00:00.5+07:00") == datetime(2023, 10, 11, 1, 0, 0, 500_000, tzinfo=UTC)
    assert clock.parse_rfc3339("2016-12-31T23:59:60Z") == datetime(2017, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["2023-10-11", "2023-10-11T08:00:00", "", "2023-13-11T08:00:00Z", "0001-01-01T00:00:00+07:00"]
)
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        clock.parse_rfc3339(value)
