"""cdn: a CDN in front is told what became stale, in its own way, until it says yes; nobody waits for it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from loa.archive.models import Entry
from loa.edge.actions import tell_cdn as acts
from loa.edge.actions.purge import purge
from loa.edge.actions.tell_cdn import tell_cdn
from loa.edge.cdn import AT_ONCE, Cdn, headers_for
from loa.edge.door import FrontDoor
from loa.edge.models import Outside
from loa.lib import clock
from loa.project import config, doctor
from tests.conftest import Write
from tests.edge.conftest import Reader


@dataclass
class Server:
    """A CDN on the loopback that remembers what it was asked, and answers as told."""

    status: int = 200
    said: bytes = b'{"success": true}'
    onward: str = ""
    asked: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made.asked.append((dict(self.headers), body))
            self.send_response(made.status)
            if made.onward:
                self.send_header("Location", made.onward)
            self.end_headers()
            self.wfile.write(made.said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        made.url = f"http://127.0.0.1:{serving.server_port}/purge"
        yield made
        serving.shutdown()
        thread.join()


@pytest.fixture
def cdn(server: Server, settings: Settings, db: None) -> Server:
    settings.LOA_CDN = Cdn(url=server.url, token="bi-mat", way="tags", ttl=60)
    return server


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return a call after which it is so many seconds later."""
    ahead = timedelta()
    now = clock.now

    def go(seconds: float) -> None:
        nonlocal ahead
        ahead += timedelta(seconds=seconds)

    monkeypatch.setattr(clock, "now", lambda: now() + ahead)
    return go


def test_it_is_told_at_once_and_once_more(cdn: Server, later: Callable[[float], None]) -> None:
    purge(["front", "entry:a"])
    assert tell_cdn()
    assert [body for _headers, body in cdn.asked] == [{"tags": ["entry:a", "front"]}]
    assert cdn.asked[0][0]["Authorization"] == "Bearer bi-mat"
    assert not tell_cdn()
    later(11)  # what it fetched before the commit may have been laid down after the first
    assert tell_cdn()
    assert len(cdn.asked) == 2
    assert not Outside.objects.exists()


def test_many_purges_are_one_request_and_many_tags_are_several(cdn: Server) -> None:
    for number in range(20):
        purge([f"entry:{number}", "front"])
    assert tell_cdn()
    purge(f"org:{number}" for number in range(45))
    while tell_cdn():
        pass
    told = [body["tags"] for _headers, body in cdn.asked]
    assert len(told[0]) == 21
    assert max(len(tags) for tags in told) <= AT_ONCE
    assert {tag for tags in told for tag in tags if tag.startswith("org:")} == {f"org:{n}" for n in range(45)}


def test_a_publication_that_was_undone_purges_nothing(cdn: Server) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        purge(["front"])
        raise RuntimeError
    assert not tell_cdn()


@pytest.mark.parametrize(("status", "said"), [(500, b"oops"), (403, b"{}"), (200, b'{"success": false}'), (302, b"")])
def test_it_is_asked_again_after_a_pause_until_it_says_yes(
    cdn: Server, later: Callable[[float], None], status: int, said: bytes
) -> None:
    cdn.status, cdn.said, cdn.onward = status, said, cdn.url if status == 302 else ""
    purge(["front"])
    assert not tell_cdn()
    assert not tell_cdn()
    assert len(cdn.asked) == 1
    assert Outside.objects.get().error
    cdn.status, cdn.said, cdn.onward = 200, b"", ""
    later(3)
    assert tell_cdn()
    assert (Outside.objects.get().error, Outside.objects.get().attempts) == ("", 0)


def test_one_that_is_away_waits_longer_and_longer(cdn: Server, settings: Settings, later: Any) -> None:
    settings.LOA_CDN = Cdn(url="http://127.0.0.1:9/", token="", way="tags", ttl=60)
    purge(["front"])
    pauses = []
    for _ in range(12):
        assert not tell_cdn()
        row = Outside.objects.get()
        pauses.append(round((row.not_before - clock.now()).total_seconds()))
        later(pauses[-1] + 1)
    assert pauses == sorted(pauses)
    assert pauses[-1] == acts.LONGEST_PAUSE


def test_fastly_is_spoken_to_in_its_own_way(cdn: Server, settings: Settings) -> None:
    settings.LOA_CDN = Cdn(url=cdn.url, token="bi-mat", way="fastly", ttl=60)
    purge(["front"])
    tell_cdn()
    headers, body = cdn.asked[0]
    assert (headers["Fastly-Key"], "Authorization" in headers) == ("bi-mat", False)
    assert body == {"surrogate_keys": ["front"]}


def test_without_one_nothing_is_written_down(db: None) -> None:
    purge(["front"])
    assert not Outside.objects.exists()
    assert not tell_cdn()


def test_a_publication_tells_it(cdn: Server, put_out: Callable[..., Entry], write: Write) -> None:
    entry = put_out()
    tell_cdn()
    assert {f"entry:{entry.public_id}", "front"} <= set(cdn.asked[0][1]["tags"])


@pytest.mark.parametrize(("name", "value"), [
    ("LOA_CDN_PURGE_URL", "ftp://x"), ("LOA_CDN_PURGE_URL", "varnish:80"), ("LOA_CDN_PURGE_WAY", "akamai"),
    ("LOA_CDN_TTL", "0"), ("LOA_CDN_TTL", "90000"),
])  # fmt: skip
def test_what_may_not_be_set_is_a_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        config.cdn()


def test_what_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.cdn() is None
    monkeypatch.setenv("LOA_CDN_PURGE_URL", "https://api.fastly.com/service/x/purge")
    monkeypatch.setenv("LOA_CDN_PURGE_WAY", "fastly")
    found = config.cdn()
    assert found is not None
    assert (found.way, found.ttl, found.token) == ("fastly", 60, "")


def test_doctor_asks_it(cdn: Server, settings: Settings, later: Callable[[float], None]) -> None:
    assert doctor.cdn().level == "ok"
    assert cdn.asked[0][1] == {"tags": ["loa-doctor"]}
    purge(["front"])
    later(90)
    assert (doctor.cdn().level, "1 purges wait" in doctor.cdn().found) == ("note", True)
    cdn.status = 401
    assert (doctor.cdn().level, "answered 401" in doctor.cdn().found) == ("wrong", True)
    settings.LOA_CDN = None
    assert "not set" in doctor.cdn().found


def test_pages_say_for_how_long_it_may_keep_them(door: FrontDoor) -> None:
    door.for_cdn = headers_for(Cdn(url="", token="", way="tags", ttl=90))
    reader = Reader(door)
    reader.get()
    assert (reader.headers["cdn-cache-control"], reader.headers["cache-tag"]) == ("max-age=90", "entry:a,front")
    reader.get(HTTP_IF_NONE_MATCH=reader.headers["etag"])
    assert (reader.status[:3], reader.headers["cdn-cache-control"]) == ("304", "max-age=90")
    door.for_cdn = headers_for(Cdn(url="", token="", way="fastly", ttl=90))
    reader.get("/r/b/gao")
    assert (reader.headers["surrogate-control"], reader.headers["surrogate-key"]) == ("max-age=90", "entry:a front")
