"""hits: readers are counted, machines are not."""

import threading
from collections.abc import Mapping
from queue import Queue
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from loa.edge import hits
from loa.edge.hits import Event, HitCounter, release_of

READER = {
    "REQUEST_METHOD": "GET", "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/150", "PATH_INFO": "/r/ab12/tin",
    "HTTP_HOST": "tin.vn:8000",
}  # fmt: skip
VIEW = ("ab12", "view", "")


def counted(**changes: Any) -> dict[Event, int]:
    written: list[Mapping[Event, int]] = []
    counter = HitCounter(written.append)
    counter.saw(READER | changes, "ab12")
    counter.drain()
    return dict(written[0]) if written else {}


def test_a_reader_counts() -> None:
    assert counted() == {VIEW: 1}
    assert counted(PATH_INFO="/en/r/ab12/news") == {("ab12", "view", "en"): 1}


@pytest.mark.parametrize("changes", [
    {"REQUEST_METHOD": "HEAD"}, {"HTTP_USER_AGENT": ""}, {"HTTP_USER_AGENT": "Googlebot/2.1"},
    {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {"HTTP_PURPOSE": "prefetch"},
])  # fmt: skip
def test_a_machine_does_not(changes: dict[str, str]) -> None:
    assert counted(**changes) == {}


@pytest.mark.parametrize(("referrer", "also"), [
    ("https://www.bao.vn/tin?x=1", ("ab12", "from", "bao.vn")),
    ("http://tin.vn:8000/search?q=%20C%E1%BA%A3ng++Chu", ("ab12", "word", "cảng chu")),
    ("http://tin.vn:8000/en/search?q=port", ("ab12", "word", "port")),
    ("http://tin.vn:8000/latest", None), ("http://[", None), ("https://" + "a" * 200 + ".vn/", None),
])  # fmt: skip
def test_where_readers_came_from(referrer: str, also: Event | None) -> None:
    assert counted(HTTP_REFERER=referrer) == {VIEW: 1} | ({also: 1} if also else {})


def test_the_page_of_a_release_is_known_by_its_path() -> None:
    assert release_of("/r/ab12/tin-moi") == release_of("/en/r/ab12/news") == release_of("/r/ab12") == "ab12"
    assert release_of("/r/ab12/tin-moi/x") == release_of("/") == release_of("/r/ab12/tin.md") == ""


@pytest.mark.parametrize("error", [
    OperationalError("database is locked"), InterfaceError("connection already closed"), IntegrityError("foreign key"),
])  # fmt: skip
def test_a_busy_or_absent_database_loses_nothing(error: Exception) -> None:
    written: list[Mapping[Event, int]] = []

    def busy(_: Mapping[Event, int]) -> None:
        raise error

    counter = HitCounter(busy)
    counter.add(VIEW)
    counter.drain()
    counter.record = written.append
    counter.drain()
    assert written == [{VIEW: 1}]


def test_nothing_ends_the_thread_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "EVERY", 0.01)
    written: Queue[Mapping[Event, int]] = Queue()
    refused = ("ab12", "from", "xau.vn")

    def record(events: Mapping[Event, int]) -> None:
        written.put(events)
        if refused in events:
            raise ValueError("cannot be written")

    counter = HitCounter(record)
    counter.add(refused)
    assert written.get(timeout=60) == {refused: 1}
    counter.add(VIEW)
    assert written.get(timeout=60) == {VIEW: 1}


def test_however_many_come_before_the_database_answers_they_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "EVERY", 3600)
    monkeypatch.setattr(hits, "MOST_FRESH", 50)
    written: list[Mapping[Event, int]] = []
    counter = HitCounter(written.append)

    def read() -> None:
        for _ in range(500):
            counter.add(VIEW)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(counter.fresh) < 2000
    counter.drain()
    assert written == [{VIEW: 2000}]
