"""A canary word in every field and file name of a draft, a scheduled and an embargoed release is found nowhere outside.

Outside is whatever somebody reads who was not let in: every page, feed, list and picture, the search and what it
suggests, the letters to others, the log, rows of rooms that carry work or tell readers, finished pages in memory, the
export. When the release is out the same words are found, so that the looking itself is tried.
"""

import io
import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.client import FakePayload
from PIL import Image
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.custody.actions.export import export
from loa.edge.actions.purge import generations
from loa.edge.bodies import Bodies
from loa.edge.door import FrontDoor
from loa.edge.store import Store
from loa.lib import clock
from loa.mail.actions.deliver import deliver_due
from loa.mail.models import Message
from loa.media.actions.attach import attach
from loa.media.actions.make_due import make_due
from loa.media.actions.take_in import take_in as take_in_picture
from loa.moderation.actions.take_in import take_in
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.actions.answer_approval import answer_approval
from loa.releases.actions.ask_approval import ask_approval
from loa.releases.actions.let_read_early import let_read_early
from loa.releases.actions.open_early import open_early
from loa.releases.actions.publish_due import publish_due
from loa.releases.actions.save import save
from loa.releases.actions.translate import save_translation
from loa.releases.models import Release
from loa.releases.rules import text_digest
from loa.search import queries as search
from loa.subscribers.models import State, Subscriber, Subscription
from loa.topics.models import Section
from loa.wire import worker
from tests.conftest import Write
from tests.lib.make_words import docx, p

# What holds the text itself, and the library with the names of its files: private to its organization.
PRIVATE = re.compile(r"(releases|compose|media)_")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)"')
MOST_PAGES = 300
WORD = re.compile(r"kanari[a-z]+", re.IGNORECASE)


def canary(where: str, what: str) -> str:
    """A word of its own for one field of one release, in letters alone so that no search parts it."""
    return f"kanari{where}{what}".lower().replace("_", "")


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return out.getvalue()


def fields(where: str, colour: str, sender: Organization, place: Place) -> dict[str, Any]:
    """Every field of a release, each with its word; the files too."""

    def word(what: str) -> str:
        return canary(where, what)

    owner = f"organization:{sender.pk}"
    shown = take_in_picture(picture(colour), owner_key=owner, name=f"{word('picturefile')}.jpg", credit=word("mark"))
    paper = attach(PDF + where.encode(), owner_key=owner, name=f"{word('paperfile')}.pdf", title=word("papertitle"))
    texts = ("headline", "subtitle", "lead", "dateline", "source_name", "picture_credit", "contact")
    return {
        **{name: f"Chim {word(name)}" for name in texts},
        "kind": "event", "place": place, "source_url": f"https://vidu.example/{word('sourceurl')}",
        "body_html": f'<p>Một đoạn văn đủ dài có {word("body")} và <a href="https://vidu.example/{word("link")}">đây</a>.</p>',
        "pictures": [
            {"url": shown.get_absolute_url(), "alt": word("alt"), "caption": word("caption"), "credit": word("credit")}
        ],
        "attachments": [{**paper.shown(), "title": word("attachment")}],
        "quotes": [{"id": "a", "name": word("speaker"), "role": word("role"), "text": word("quote")}],
        "documents": [{"title": word("document"), "number": word("number")}],
        "facts": {
            "starts_at": (clock.now() + timedelta(days=9)).isoformat(), "audience": word("audience"),
            "venues": [{"name": word("venue"), "address": word("address")}], "press_contact": word("press"),
            "registration_url": f"https://vidu.example/{word('registration')}",
        },
    }  # fmt: skip


@pytest.fixture
def rival(make_person: Callable[[str], Person], portal: Portal) -> Person:
    """Who writes for another organization."""
    person = make_person("Rival")
    other = found(person, portal=portal, name="Công ty Đối Thủ", kind="company")
    other.approved_at = clock.now()
    other.save()
    return person


@pytest.fixture
def kept_back(an: Person, write: Write, organization: Organization, place: Place) -> dict[str, Release]:
    """A draft, one that waits for its time, and one that somebody else already read and approved."""
    made: dict[str, Release] = {}
    for where, colour in (("draft", "red"), ("timed", "green"), ("embargo", "blue")):
        release = write(**fields(where, colour, organization, place))
        words = {"headline": canary(where, "translated"), "body_html": f"<p>{canary(where, 'translatedbody')}</p>"}
        save_translation(release, "en", fields=words, expected_revision=0, follows=None)
        release.refresh_from_db()
        release = save(release, fields={"lead": canary(where, "lead")}, expected_revision=release.revision, person=an)
        made[where] = release
    asked = ask_approval(an, made["embargo"], name="Luật sư Hà", email="ha@luat.example")
    answer_approval(asked, is_approved=True, seen=text_digest(made["embargo"]))
    for where in ("timed", "embargo"):
        take_in(an, made[where], at=clock.now() + timedelta(days=2), zone="Asia/Ho_Chi_Minh")
    open_early(let_read_early(an, made["embargo"], name="Hoa", email="hoa@bao.example", days=3))
    file = docx(p(canary("word", "title"), style="Title"), p(f"Một đoạn đủ dài có {canary('word', 'body')} trong tệp."))
    desk = Client()
    desk.force_login(an)
    upload = SimpleUploadedFile(f"{canary('word', 'file')}.docx", file)
    assert desk.post(f"/desk/o/{organization.slug}/bring", {"brought": upload}).status_code == 302
    return made


@pytest.fixture
def reader(portal: Portal, organization: Organization) -> Subscriber:
    """Who wants to hear at once of everything, in the mail."""
    then = clock.now() - timedelta(days=1)
    made = Subscriber.objects.create(
        portal=portal, email="doc@vidu.vn", state=State.CONFIRMED, asked_at=then, confirmed_at=then
    )
    for key in ("general", f"organization:{organization.pk}"):
        Subscription.objects.create(subscriber=made, key=key, frequency="at_once", since=then)
    return made


def work(run_wire: Callable[[], int]) -> None:
    """Everything the worker does, once."""
    publish_due()
    run_wire()
    for thing in worker.schedule():
        thing.act()
    for one in worker.in_threads():
        one.act()
    while make_due():
        pass
    deliver_due()


def guessed(kept_back: dict[str, Release], organization: Organization) -> Iterator[str]:
    """Addresses somebody might try, who knows an id or guesses a word."""
    yield from ("/feed.xml", "/feed.atom", "/feed.json", "/sitemap.xml", "/news-sitemap.xml", "/sitemap-lists-1.xml")
    yield from ("/llms.txt", "/events.ics", "/events", "/robots.txt", "/healthz", "/readyz", "/metrics")
    yield "/archive/2026"
    yield from (f"/o/{organization.slug}{end}" for end in ("", "/media", "/feed.xml", "/feed.json", "/embed"))
    yield f"/oembed?url=http://testserver/o/{organization.slug}"
    for release in kept_back.values():
        for end in ("", "/x", "/x.pdf", "/x.md", "/x.ics", "/embed", "/pictures.zip", "/qr.svg"):
            yield f"/r/{release.public_id}{end}"
        yield from (f"/og/{release.public_id}-1.png", f"/report/{release.public_id}")
        for desk in ("/desk/releases", "/moderation", "/desk/approvals", "/desk/partner", "/desk/confirm"):
            yield from (f"{desk}/{release.public_id}{end}" for end in ("", "/preview", "/submit", "/time", "/early"))
        for address in pictures_of(release):
            yield from (address, address.replace(".", "-320.", 1), f"{address}?download")
    yield from ("/early", "/approve", "/early?link=x", "/approve?link=x")


def pictures_of(release: Release) -> list[str]:
    return [str(one["url"]) for one in (*release.pictures, *release.attachments)]


def crawled(client: Client, first: Iterator[str], *, follows: bool = True) -> Iterator[tuple[str, str]]:
    """Those guessed and every page that links lead to: the address, and all that was sent."""
    waiting, seen = [*first, "/", "/en/"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/static/", "/accounts/logout")):
            continue
        seen.add(path)
        answer = client.get(path)
        body = answer.getvalue().decode("utf-8", "replace")
        yield path, f"{answer.headers.items()!r}\n{body}"
        if follows and "html" in answer.headers.get("Content-Type", ""):
            waiting += [found.replace("&amp;", "&") for found in LINK.findall(body)]


def rows() -> Iterator[tuple[str, str]]:
    """Every row of every table that is not private to an organization, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not PRIVATE.match(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                yield from ((table, repr(row)) for row in cursor.fetchall())


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every name and every byte of what Loa wrote, but the pixels of private pictures."""
    for path in folder.rglob("*"):
        is_private = path.parent.name == "media"
        said = "" if is_private or path.is_dir() else path.read_bytes().decode("utf-8", "replace")
        yield str(path.relative_to(folder)), f"{path.name}\n{said}"


def through_the_door(settings: Settings, paths: list[str]) -> Store:
    """The finished pages that are kept in memory when everyone has asked for everything."""
    store = Store(64_000_000)
    door = FrontDoor(
        WSGIHandler(), store=store, generations=generations(settings.LOA_HOME), portal_of=lambda _host: "globalvn",
        inside=4, waiting=4, bodies=Bodies(4, 2), streams=2,
    )  # fmt: skip
    # As Django's own test client, it leaves the test's connection to the database open.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    for path in paths:
        name, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": name, "QUERY_STRING": query, "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": FakePayload(b""),
        }  # fmt: skip
        for _ in range(2):
            list(door(dict(environ), lambda *_: None))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    return store


def leaks(said: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(where, word) for where, text in said for word in sorted(set(WORD.findall(text)))]


def test_what_is_not_out_is_found_nowhere(
    kept_back: dict[str, Release], put_out: Callable[..., Entry], run_wire: Callable[[], int], reader: Subscriber,
    rival: Person, portal: Portal, section: Section, organization: Organization, home: Path, tmp_path: Path,
    caplog: pytest.LogCaptureFixture, settings: Settings,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    put_out(headline="Sao Mai đã đăng tin này")
    work(run_wire)
    visitor, other = Client(), Client()
    other.force_login(rival)
    paths = list(guessed(kept_back, organization))
    read = list(crawled(visitor, iter(paths)))
    assert len(read) > 60
    assert leaks(iter(read)) == []
    assert leaks(crawled(other, iter(paths), follows=False)) == []
    words = sorted(canaries(kept_back))
    assert [word for word in words if search.search(portal.pk, word).ids] == []
    for word in words[::20]:  # the page says the question again, and nothing else
        assert set(WORD.findall(visitor.get(f"/search?q={word}").text)) <= {word}
        assert set(WORD.findall(visitor.get(f"/search/suggest?q={word[:8]}").text)) <= {word[:8]}
    assert leaks(rows()) == []
    letters = ((one.to, f"{one.subject} {one.text} {one.html} {one.headers}") for one in Message.objects.all())
    assert leaks(letters) == []
    assert leaks(iter([("log", caplog.text)])) == []
    export(SYSTEM, portal, tmp_path / "out", version="1")
    assert leaks(files(tmp_path / "out")) == []
    assert leaks(files(home)) == []
    store = through_the_door(settings, [path for path, said in read if "max-age" in said][:30])
    assert len(store) > 5
    kept = ((str(page.key), f"{page.headers} {page.release} {page.body.decode('utf-8', 'replace')}") for page in store)
    assert leaks(kept) == []
    assert not any(WORD.search(address) for release in kept_back.values() for address in pictures_of(release))


def canaries(kept_back: dict[str, Release]) -> set[str]:
    """Every word that the private tables hold."""
    found = set[str]()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if PRIVATE.match(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found |= {word for row in cursor.fetchall() for word in WORD.findall(repr(row))}
    assert len(found) > 90, "each field of each release has a word of its own"
    return found


def test_the_same_words_are_found_once_it_is_out(
    kept_back: dict[str, Release], run_wire: Callable[[], int], reader: Subscriber, organization: Organization
) -> None:
    Release.objects.filter(pk=kept_back["timed"].pk).update(publish_at=clock.now())
    work(run_wire)
    told = {word for _, word in leaks(crawled(Client(), iter(guessed(kept_back, organization))))}
    for what in ("headline", "lead", "body", "alt", "credit", "quote", "venue", "attachment", "contact", "link"):
        assert canary("timed", what) in told, what
    assert {word for word in told if "timed" not in word} == set()
    assert canary("timed", "headline") in {word for _, word in leaks(rows())}
    assert canary("timed", "headline") in Message.objects.get(to=reader.email).text
