"""The door of pictures, asked as a browser asks."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from pytest_django import Settings

from loa.media import store
from loa.media.door import serve

NAME = "a" * 26 + ".webp"
DATA = bytes(range(200))


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> None:
    settings.ROOT_URLCONF = "loa.media.urls"
    settings.MIDDLEWARE = []
    store.put(NAME, DATA)


def ask(query: str = "", **headers: str) -> Any:
    """Return the answer, its body read; at its end the client closes the file."""
    response = Client().get(f"/media/{NAME}{query}", headers=headers)
    response.body = b"".join(response)
    return response


def test_the_whole_file_is_kept_for_good() -> None:
    response = ask()
    assert (response.status_code, response.body) == (200, DATA)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=150-", 150, 199), ("bytes=190-5000", 190, 199)]
)
def test_a_range_is_answered_206(asked: str, first: int, last: int) -> None:
    response = ask(Range=asked)
    assert (response.status_code, response.body) == (206, DATA[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/200"


def test_a_range_past_the_end_is_answered_416() -> None:
    response = ask(Range="bytes=200-")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */200")


@pytest.mark.parametrize("asked", ["bytes=-5", "items=0-5", "bytes=0-1,4-5", "bytes=" + "9" * 5000 + "-", "bytes=a-b"])
def test_what_is_asked_otherwise_is_answered_whole(asked: str) -> None:
    response = ask(Range=asked)
    assert (response.status_code, response.body) == (200, DATA)


def test_what_the_browser_has_is_not_sent_again() -> None:
    etag = ask().headers["ETag"]
    response = ask(**{"If-None-Match": etag})
    assert (response.status_code, response.body) == (304, b"")


def test_it_is_kept_as_a_file_on_request() -> None:
    assert ask(query="?download").headers["Content-Disposition"] == f'attachment; filename="{NAME}"'


@pytest.mark.parametrize("name", ["b" * 26 + ".webp", "../secret.key", ".a.webp", "A" * 26 + ".webp", "a.webp", ""])
def test_nothing_else_is_served(name: str) -> None:
    with pytest.raises(Http404):
        serve(RequestFactory().get("/media/x"), name)
