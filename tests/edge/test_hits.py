"""hits: readers are counted, machines are not."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import OperationalError

from loa.edge.hits import HitCounter

READER = {"REQUEST_METHOD": "GET", "PATH_INFO": "/r/ab12/tin-moi", "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/150"}


def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response(environ.get("status", "200 OK"), [("Content-Type", environ.get("type", "text/html; charset=utf-8"))])
    return [b"x"]


def counted(**changes: Any) -> int:
    written: list[Mapping[str, int]] = []
    counter = HitCounter(app, written.append)
    list(counter(READER | changes, lambda *_: None))
    counter.drain()
    return sum(sum(hits.values()) for hits in written)


def test_a_reader_counts() -> None:
    assert counted() == 1
    assert counted(PATH_INFO="/en/r/ab12/news") == 1


@pytest.mark.parametrize("changes", [
    {"REQUEST_METHOD": "HEAD"}, {"HTTP_USER_AGENT": ""}, {"HTTP_USER_AGENT": "Googlebot/2.1"},
    {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {"HTTP_PURPOSE": "prefetch"}, {"status": "304 Not Modified"},
    {"status": "404 Not Found"}, {"type": "application/json"}, {"PATH_INFO": "/r/ab12/tin-moi/x"}, {"PATH_INFO": "/"},
])  # fmt: skip
def test_anything_else_does_not(changes: dict[str, str]) -> None:
    assert counted(**changes) == 0


def test_a_busy_database_loses_nothing() -> None:
    written: list[Mapping[str, int]] = []

    def busy(_: Mapping[str, int]) -> None:
        raise OperationalError("database is locked")

    counter = HitCounter(app, busy)
    counter.add("ab12")
    counter.drain()
    counter.record = written.append
    counter.drain()
    assert written == [{"ab12": 1}]
