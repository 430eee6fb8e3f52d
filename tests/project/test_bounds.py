"""Requests no browser sends are answered like any other: never by a 500, on PostgreSQL neither."""

import base64
from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from tests.conftest import PASSWORD, Write


@pytest.fixture
def visitor(client: Client) -> Client:
    """A client that shows a 500 as a reader would see it."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/report/%00", "/t/%00/x", "/desk/releases/%00", "/moderation/%00", "/desk/join/%00", "/newsletter/leave/%00",
        "/moderation/withdraw?address=%00", "/moderation/withdraw?address=/r/%ff%00", "/latest?before=%00",
    ],
)  # fmt: skip
def test_a_nul_finds_nothing(visitor: Client, portal: object, moderator: Person, path: str) -> None:
    visitor.force_login(moderator)
    assert visitor.get(path).status_code in (200, 404)


def test_a_nul_in_a_cookie_is_no_cookie(visitor: Client, portal: object) -> None:
    for name in ("session", "draft", "csrf"):
        visitor.cookies[name] = "\0aaaaaaaaaaaa"
    assert visitor.get("/desk/").status_code == 302
    assert visitor.get("/compose/").status_code == 200


def test_a_nul_typed_while_signed_out_is_dropped(visitor: Client, portal: object) -> None:
    sent = visitor.post("/desk/releases/x", {"headline": "Sao\0 Mai", "body_html": "\0", "contact": "\0"})
    assert sent.status_code == 302
    assert "Sao Mai" in visitor.get("/compose/").text


def test_too_large_a_body_is_refused_and_kept_nowhere(
    visitor: Client, portal: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.project.middleware.LARGEST_REQUEST", 1000)
    sent = visitor.post("/newsletter", {"email": "x" * 2000})
    assert sent.status_code == 413
    assert "25 MB" in sent.text


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "https:evil.example", "http:///evil.example", "///evil.example", "\t//evil.example", "https://testserver@evil.example",
    ],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(visitor: Client, portal: object, an: Person, place: str) -> None:
    sent = visitor.post("/accounts/login/", {"login": an.email, "password": PASSWORD, "next": place})
    assert sent["Location"] == "/desk/"


@pytest.mark.parametrize("day", ["0", "1", "1/1/1", "9999", "9999/12", "9999/12/31", "9" * 30, "2026/99999999999999"])
def test_a_day_beyond_the_calendar_is_a_404(visitor: Client, portal: object, day: str) -> None:
    assert visitor.get(f"/archive/{day}").status_code == 404


@pytest.mark.parametrize(
    "place",
    ["0001-01-01T00:00+14:00|1", "9999-12-31T23:59-14:00|1", "2026-01-01T00:00|1", f"2026-01-01T00:00Z|-{'9' * 40}"],
)
def test_a_cursor_nobody_gave_out_is_the_first_page(visitor: Client, portal: object, place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    assert visitor.get(f"/latest?before={cursor}").status_code == 200


def test_what_may_be_a_draft_is_kept_by_no_shared_cache(visitor: Client, write: Write, an: Person) -> None:
    visitor.force_login(an)
    draft = write()
    assert "private" in visitor.get(f"/desk/releases/{draft.public_id}/preview")["Cache-Control"]
    assert "public" in visitor.get("/")["Cache-Control"]


def test_a_stranger_meets_a_draft_nowhere(
    visitor: Client, write: Write, stranger: Person, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    token = "canhkia"
    put_out()
    run_wire()
    draft = write(headline=f"Hoa {token}", lead=token, body_html=f"<p>Hoa {token}</p>", contact=token)
    pages = ["/", "/latest", "/o/", "/o/hop-tac-xa-sao-mai", "/s/kinh-te", "/search?q=hoa", "/archive/2026"]
    feeds = ["/feed.xml", "/feed.json", "/search/feed.atom?q=hoa", "/sitemap.xml", "/news-sitemap.xml"]
    doors = [f"{desk}/{draft.public_id}{end}" for desk in ("/desk/releases", "/moderation", "/r", "/report")
             for end in ("", "/preview", "/submit", "/correct", "/approve")]  # fmt: skip
    for who in (None, stranger):
        if who:
            visitor.force_login(who)
        for path in [*pages, *feeds, *doors]:
            answer = visitor.get(path)
            assert answer.status_code < 500, path
            assert token not in answer.text, path
