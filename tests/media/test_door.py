"""The door of pictures, asked as a browser asks."""

from typing import Any

import pytest
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import Settings

from loa.lib import clock
from loa.media import store
from loa.media.door import serve
from loa.media.models import Picture, Rendition, State, Use

pytestmark = pytest.mark.django_db

ID = "a" * 26
NAME = f"{ID}.webp"
DATA = bytes(range(200))
asked_for: list[tuple[str, str]] = []


def may_read(request: HttpRequest, owner_key: str, file: str) -> bool:
    """Let in who says so."""
    asked_for.append((owner_key, file))
    return "X-Friend" in request.headers


urlpatterns = [path("", include("loa.media.urls"), {"may_read": may_read})]


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    store.put(NAME, DATA)
    Picture.objects.create(
        public_id=ID, owner_key="organization:1", digest="d", format="webp", size=200, width=1200, height=800,
        alt="Ruộng lúa chín",
    )  # fmt: skip
    Use.objects.create(file=ID, key="entry:1", is_public=True)
    asked_for.clear()


def ask(query: str = "", name: str = NAME, **headers: str) -> Any:
    """Return the answer, its body read; at its end the client closes the file."""
    response = Client().get(f"/media/{name}{query}", headers=headers)
    response.body = b"".join(response)
    return response


def test_the_whole_file_may_be_kept_for_an_hour() -> None:
    response = ask()
    assert (response.status_code, response.body) == (200, DATA)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert asked_for == []  # what is public is the same for everyone
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=150-", 150, 199), ("bytes=190-5000", 190, 199), ("bytes=-5", 195, 199)],
)
def test_a_range_is_answered_206(asked: str, first: int, last: int) -> None:
    response = ask(Range=asked)
    assert (response.status_code, response.body) == (206, DATA[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/200"


def test_a_range_past_the_end_is_answered_416() -> None:
    response = ask(Range="bytes=200-")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */200")


@pytest.mark.parametrize("asked", ["items=0-5", "bytes=5-2", "bytes=0-1,4-5", "bytes=" + "9" * 5000 + "-", "bytes=a-b"])
def test_what_is_asked_otherwise_is_answered_whole(asked: str) -> None:
    response = ask(Range=asked)
    assert (response.status_code, response.body) == (200, DATA)


def test_what_the_browser_has_is_not_sent_again() -> None:
    etag = ask().headers["ETag"]
    response = ask(**{"If-None-Match": etag})
    assert (response.status_code, response.body) == (304, b"")


def test_it_is_kept_as_a_file_on_request() -> None:
    assert ask(query="?download").headers["Content-Disposition"] == 'attachment; filename="ruong-lua-chin.webp"'


def test_what_has_no_name_in_latin_letters_is_kept_under_its_own() -> None:
    Picture.objects.update(alt="港の桟橋")
    assert ask(query="?download").headers["Content-Disposition"] == f'attachment; filename="{NAME}"'


def test_a_range_of_another_file_than_the_browser_has_is_answered_whole() -> None:
    etag = ask().headers["ETag"]
    assert ask(Range="bytes=0-9", **{"If-Range": etag}).status_code == 206
    assert ask(Range="bytes=0-9", **{"If-Range": '"old"'}).body == DATA


def test_a_head_is_the_answer_without_its_body() -> None:
    response = Client().head(f"/media/{NAME}")
    assert (response.status_code, response["Content-Length"], response.content) == (200, "200", b"")


def test_new_bytes_have_a_new_etag() -> None:
    etag = ask().headers["ETag"]
    store.put(NAME, DATA[::-1])
    assert ask(**{"If-None-Match": etag}).body == DATA[::-1]


def test_what_is_not_public_is_its_owners() -> None:
    Use.objects.update(is_public=False)
    response = ask(**{"X-Friend": "1"})
    assert (response.body, response["Cache-Control"]) == (DATA, "private, no-store")
    assert asked_for == [("organization:1", ID)]
    with pytest.raises(Http404):
        serve(RequestFactory().get("/media/x"), NAME, may_read)


def test_a_rendition_not_made_yet_is_answered_by_the_nearest() -> None:
    for width, state in ((320, State.MADE), (960, State.MADE), (640, State.PENDING)):
        Rendition.objects.create(
            picture=Picture.objects.get(), width=width, format="webp", state=state, not_before=clock.now()
        )
        store.put(f"{ID}-{width}.webp", str(width).encode())
    store.drop(f"{ID}-640.webp")
    response = ask(name=f"{ID}-640.avif")
    assert (response.body, response["Content-Type"], response["Cache-Control"]) == (
        b"960", "image/webp", "public, max-age=30",
    )  # fmt: skip
    assert ask(name=f"{ID}-1200.jpg").body == b"960"
    store.put(f"{ID}-640.webp", b"640")
    assert ask(name=f"{ID}-640.webp").headers["Cache-Control"] == "public, max-age=3600"


def test_a_narrow_picture_is_as_wide_as_it_is() -> None:
    store.put(f"{ID}-1200.webp", b"1200")
    response = ask(name=f"{ID}-1920.webp")
    assert (response.body, response["Cache-Control"]) == (b"1200", "public, max-age=3600")


def test_while_no_rendition_is_made_it_is_the_picture_itself() -> None:
    assert ask(name=f"{ID}-640.avif").body == DATA


@pytest.mark.parametrize(
    "name",
    [
        f"{ID}-641.webp",
        f"{ID}.exe",
        "b" * 26 + ".webp",
        "../secret.key",
        ".a.webp",
        "A" * 26 + ".webp",
        "a.webp",
        "",
    ],
)
def test_nothing_else_is_served(name: str) -> None:
    with pytest.raises(Http404):
        serve(RequestFactory().get("/media/x"), name, may_read)
