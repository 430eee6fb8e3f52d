"""The front door before the real portal: every public page is kept, and what changes is new for the next reader."""

import gzip
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.desk.actions.edit_page import edit_page
from loa.edge.bodies import Bodies
from loa.edge.door import FrontDoor
from loa.edge.generations import Generations
from loa.edge.store import Store
from loa.organizations.actions.describe import describe
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.actions.correct import correct
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.topics.models import Section
from loa.ui import styles
from tests.conftest import Write

Capture = Callable[..., Any]


class Door:
    """The real application behind a door of its own, which counts what Django is asked."""

    def __init__(self, home: Path) -> None:
        from loa.project.wsgi import django_application

        self.asked: list[str] = []

        def application(environ: dict[str, Any], start_response: Any) -> Any:
            self.asked.append(environ["PATH_INFO"])
            return django_application(environ, start_response)

        self.door = FrontDoor(
            application, store=Store(50_000_000), generations=Generations(home / "generations"), inside=4, waiting=4,
            bodies=Bodies(4, 1), streams=4,
            portal_of=lambda _host: "globalvn",
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> str:
        return self.bytes_of(path, **headers).decode(errors="replace")

    def bytes_of(self, path: str, **headers: str) -> bytes:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }  # fmt: skip
        self.status = ""

        def start(status: str, _headers: list[tuple[str, str]], *_: Any) -> None:
            self.status = status[:3]

        content = self.door(environ | headers, start)
        try:
            return b"".join(content)
        finally:
            getattr(content, "close", lambda: None)()

    def is_kept(self, path: str) -> bool:
        """Say whether a second reader needs no Django."""
        self.get(path)
        before = len(self.asked)
        self.get(path)
        return len(self.asked) == before


@pytest.fixture
def door(home: Path, portal: Portal) -> Iterator[Door]:
    """As Django's own test client, it leaves the test's connection to the database open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Door(home)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def release(an: Person, write: Write, place: Place) -> Release:
    """A published one that stands in every list."""
    made = write(place=place)
    publish(actor(an), submit(an, made))
    made.refresh_from_db()
    return made


@pytest.fixture
def published(release: Release) -> Entry:
    assert release.entry is not None
    return release.entry


@pytest.fixture
def carried(run_wire: Callable[[], int], django_capture_on_commit_callbacks: Capture) -> Callable[[Any], None]:
    """Return a call that does something, lets its transaction end, and carries what follows."""

    def do(act: Callable[[], Any]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        with django_capture_on_commit_callbacks(execute=True):
            run_wire()

    return do


def paths(entry: Entry, section: Section, place: Place) -> list[str]:
    return [
        "/", "/en/", "/latest", "/events", "/o/", f"/o/{entry.organization.slug}", f"/s/{section.slug}", "/t/", "/p/",
        f"/p/{place.pk}/{place.slug}", f"/archive/{entry.published_at:%Y}", address(entry), f"{address(entry)}.md",
        f"/r/{entry.public_id}/embed", "/feed.xml", "/feed.atom", "/feed.json", f"/s/{section.slug}/feed.xml",
        f"/o/{entry.organization.slug}/feed.xml", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt",
        "/events.ics", "/llms.txt", styles.address("pages/readers.css", "#b3261e", "#ff8a7a"),
    ]  # fmt: skip


def test_every_public_page_is_kept(door: Door, published: Entry, section: Section, place: Place) -> None:
    assert [path for path in paths(published, section, place) if not door.is_kept(path)] == []


def test_the_files_of_the_rooms_are_kept_and_packed_and_parts_of_them_are_whitenoises(door: Door) -> None:
    path = "/static/population/ticker.js"
    whole = door.get(path)
    assert door.is_kept(path)
    before = len(door.asked)
    packed = door.bytes_of(path, HTTP_ACCEPT_ENCODING="gzip")
    assert (gzip.decompress(packed).decode(), len(door.asked)) == (whole, before)
    assert (door.get(path, HTTP_RANGE="bytes=0-9"), door.status) == (whole[:10], "206")
    assert (door.get("/static/population/not-there.js"), door.status)[1] == "404"


def test_a_desk_and_a_search_are_not(door: Door, published: Entry) -> None:
    asked = ["/desk/", "/accounts/login/", "/search?q=lua", "/newsletter", "/compose/", "/khong-co"]
    assert [path for path in asked if door.is_kept(path)] == []


def test_a_correction_is_on_every_page_for_the_next_reader(
    door: Door, release: Release, published: Entry, section: Section, place: Place, an: Person,
    carried: Callable[[Any], None],
) -> None:  # fmt: skip
    shown = [path for path in paths(published, section, place) if release.lead in door.get(path)]
    assert len(shown) > 8
    assert all(door.is_kept(path) for path in shown)
    new = {"lead": "Vụ lúa cho sáu tấn mỗi héc-ta."}
    carried(lambda: correct(actor(an), release, fields=new, reason="Cân lại", expected_revision=release.revision))
    assert [path for path in shown if new["lead"] not in door.get(path)] == []


def test_a_withdrawn_release_is_gone_for_the_next_reader(
    door: Door, release: Release, published: Entry, section: Section, place: Place, an: Person,
    carried: Callable[[Any], None],
) -> None:  # fmt: skip
    everywhere = paths(published, section, place)
    for path in everywhere:
        door.get(path)
    carried(lambda: withdraw(actor(an), release, statement="Sai số liệu"))
    left = [path for path in everywhere if release.headline in door.get(path)]
    assert left == []


def test_what_the_operator_and_the_sender_change_is_there_at_once(
    door: Door, published: Entry, portal: Portal, an: Person, carried: Callable[[Any], None]
) -> None:
    newsroom = f"/o/{published.organization.slug}"
    carried(lambda: edit_page(actor(an), portal=portal, address=("about", "vi"), title="Cũ", body_html="<p>Cũ</p>"))
    assert door.is_kept("/about")
    assert door.is_kept(newsroom)
    carried(lambda: edit_page(actor(an), portal=portal, address=("about", "vi"), title="Mới", body_html="<p>Mới</p>"))
    assert "<p>Mới</p>" in door.get("/about")
    carried(lambda: describe(an, published.organization, website="", profile="Mười hai héc-ta lúa."))
    assert "Mười hai héc-ta lúa." in door.get(newsroom)


def test_a_page_says_nothing_of_the_host_it_was_asked_under(door: Door, published: Entry) -> None:
    assert "xau.example" not in door.get(address(published), HTTP_HOST="xau.example")
    assert "xau.example" not in door.get("/", HTTP_HOST="xau.example", HTTP_X_FORWARDED_HOST="xau.example")
