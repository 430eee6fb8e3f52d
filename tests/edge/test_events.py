"""events: what a page tells of its reading, believed as far as it may be true."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.edge.bodies import Bodies
from loa.edge.events import NAMES, Event, Events, read

PAGE = {
    "REQUEST_METHOD": "POST", "PATH_INFO": "/seen", "HTTP_HOST": "tin.vn", "HTTP_SEC_FETCH_SITE": "same-origin",
    "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/150",
}  # fmt: skip


def told(body: bytes, bodies: Bodies | None = None, **changes: Any) -> tuple[list[Event], str]:
    events: list[Event] = []
    answers: list[str] = []
    door = Events(lambda _environ, _start: [b"Django"], events.append, bodies or Bodies(1, 1))
    size = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    content = door(PAGE | size | changes, lambda status, _headers: answers.append(status))
    return events, answers[0] if answers else content[0].decode()


def body(**said: str) -> bytes:
    return urlencode({"r": "ab12", "e": "click", "v": "vidu.vn"} | said).encode()


def test_a_page_of_this_host_is_believed() -> None:
    assert told(body()) == ([("ab12", "click", "vidu.vn")], "204 No Content")
    assert told(body(e="arrive", v="n12-en"))[0] == [("ab12", "arrive", "n12-en")]
    assert told(body(e="arrive", v="np"))[0] == [("ab12", "arrive", "np")]
    by_origin = {"HTTP_SEC_FETCH_SITE": None, "HTTP_ORIGIN": "https://tin.vn"}
    assert told(body(e="read", v=""), **by_origin)[0] == [("ab12", "read", "")]


@pytest.mark.parametrize("changes", [
    {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_SEC_FETCH_SITE": None, "HTTP_ORIGIN": "https://xau.vn"},
    {"HTTP_SEC_FETCH_SITE": None, "HTTP_ORIGIN": "http://["},
    {"HTTP_SEC_FETCH_SITE": None}, {"HTTP_USER_AGENT": "curl/8"}, {"CONTENT_LENGTH": "301"}, {"CONTENT_LENGTH": "x"},
])  # fmt: skip
def test_others_are_answered_alike_and_not_believed(changes: dict[str, Any]) -> None:
    assert told(body(), **changes) == ([], "204 No Content")


def test_what_is_not_believed_is_read_all_the_same() -> None:
    told(body(), **{"wsgi.input": (given := io.BytesIO(body())), "HTTP_SEC_FETCH_SITE": "cross-site"})
    assert given.read() == b""


def test_where_too_many_send_already_it_is_dropped_and_answered_alike() -> None:
    full = Bodies(1, 1)
    full.sending.acquire()
    assert told(body(), full) == ([], "204 No Content")


def test_what_ends_before_all_of_it_came_is_dropped() -> None:
    assert told(body()[:20], CONTENT_LENGTH="30") == ([], "204 No Content")


@pytest.mark.parametrize("said", [
    {"r": "AB"}, {"r": "../x"}, {"e": "view"}, {"e": "from"}, {"v": "javascript:x"}, {"v": "a b.vn"}, {"v": "x" * 120},
    {"e": "read", "v": "x"}, {"e": "arrive", "v": "n12;"}, {"e": "arrive", "v": "n12p"},
])  # fmt: skip
def test_what_is_not_written_as_an_event_is_dropped(said: dict[str, str]) -> None:
    assert told(body(**said)) == ([], "204 No Content")


def test_every_other_request_goes_on() -> None:
    assert told(b"", REQUEST_METHOD="GET")[1] == told(b"", PATH_INFO="/seen/x")[1] == "Django"


@given(st.binary(max_size=300))
def test_no_body_breaks_it(anything: bytes) -> None:
    event = read(anything)
    assert event is None or event[1] in NAMES
