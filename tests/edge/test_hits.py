"""hits: readers are counted, machines are not."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import OperationalError

from loa.edge.hits import HitCounter, release_of

READER = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/150"}


def counted(**changes: Any) -> int:
    written: list[Mapping[str, int]] = []
    counter = HitCounter(written.append)
    counter.saw(READER | changes, "ab12")
    counter.drain()
    return sum(sum(hits.values()) for hits in written)


def test_a_reader_counts() -> None:
    assert counted() == 1


@pytest.mark.parametrize("changes", [
    {"REQUEST_METHOD": "HEAD"}, {"HTTP_USER_AGENT": ""}, {"HTTP_USER_AGENT": "Googlebot/2.1"},
    {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {"HTTP_PURPOSE": "prefetch"},
])  # fmt: skip
def test_a_machine_does_not(changes: dict[str, str]) -> None:
    assert counted(**changes) == 0


def test_the_page_of_a_release_is_known_by_its_path() -> None:
    assert release_of("/r/ab12/tin-moi") == release_of("/en/r/ab12/news") == release_of("/r/ab12") == "ab12"
    assert release_of("/r/ab12/tin-moi/x") == release_of("/") == release_of("/r/ab12/tin.md") == ""


def test_a_busy_database_loses_nothing() -> None:
    written: list[Mapping[str, int]] = []

    def busy(_: Mapping[str, int]) -> None:
        raise OperationalError("database is locked")

    counter = HitCounter(busy)
    counter.add("ab12")
    counter.drain()
    counter.record = written.append
    counter.drain()
    assert written == [{"ab12": 1}]
