"""door: what may be kept is kept, sent as it was asked for, and gone the moment it is purged."""

import gzip
import io
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import brotli
import pytest

from loa.edge import door as doors
from loa.edge import gate, spellings
from loa.edge.bodies import Bodies
from loa.edge.cdn import Cdn, headers_for
from loa.edge.door import FrontDoor
from loa.edge.generations import Generations
from loa.edge.spellings import kept_portals
from loa.edge.store import Key, Store

TEXT = "<p>Vụ lúa đầu tiên</p>" * 40
PUBLIC = {
    "Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=30", "Cache-Tag": "entry:a,front",
    "Vary": "Accept",
}  # fmt: skip


class Site:
    """An application that counts what it is asked, and says what the test wants."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status = "200 OK"
        self.headers = dict(PUBLIC)
        self.body = TEXT.encode()
        self.meanwhile: Callable[[], object] = lambda: None
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(dict(environ))
        body = self.body
        self.meanwhile()
        start_response(self.status, [*self.headers.items(), ("Content-Length", str(len(body)))])
        return Content(self, body)


class Content:
    """What WSGI wants closed."""

    def __init__(self, site: Site, body: bytes) -> None:
        self.site, self.parts = site, [body]

    def __iter__(self) -> Any:
        return iter(self.parts)

    def close(self) -> None:
        self.site.closed += 1


class Reader:
    """Asks a door, as a server would."""

    def __init__(self, door: FrontDoor) -> None:
        self.door = door
        self.status = ""
        self.headers: dict[str, str] = {}

    def get(self, path: str = "/r/a/lua", query: str = "", method: str = "GET", **headers: str) -> bytes:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "globalvn.vn",
                   "HTTP_USER_AGENT": "Firefox"}  # fmt: skip

        def start(status: str, said: list[tuple[str, str]], *_: Any) -> None:
            self.status, self.headers = status, {name.lower(): value for name, value in said}
            assert len(self.headers) == len(said), said

        content = self.door(environ | headers, start)
        try:
            return b"".join(content)
        finally:
            getattr(content, "close", lambda: None)()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "generations")


@pytest.fixture
def door(site: Site, generations: Generations, seen: list[str]) -> FrontDoor:
    return FrontDoor(
        site, store=Store(10_000_000), generations=generations, inside=2, waiting=1, bodies=Bodies(2, 1), streams=1,
        portal_of=lambda host: "globalvn" if host.endswith("globalvn.vn") else None,
        saw=lambda _environ, release: seen.append(release),
        release_of=lambda path: path.split("/")[2] if path.startswith("/r/") else "",
    )  # fmt: skip


@pytest.fixture
def reader(door: FrontDoor) -> Reader:
    return Reader(door)


def test_the_second_reader_is_answered_from_memory(site: Site, reader: Reader) -> None:
    assert [reader.get() for _ in range(3)] == [TEXT.encode()] * 3
    assert len(site.asked) == site.closed == 1
    assert reader.headers["content-length"] == str(len(TEXT.encode()))
    assert reader.headers["cache-control"] == "public, max-age=30"


def test_a_purge_makes_it_stale_and_another_tags_does_not(site: Site, reader: Reader, generations: Generations) -> None:
    reader.get()
    generations.move(["entry:b"])
    reader.get()
    assert len(site.asked) == 1
    site.body = b"corrected" * 50
    generations.move(["front"])
    assert reader.get() == b"corrected" * 50
    assert reader.get() == b"corrected" * 50
    assert len(site.asked) == 2


def test_a_page_made_while_it_was_purged_is_sent_and_not_kept(
    site: Site, reader: Reader, generations: Generations
) -> None:
    site.meanwhile = lambda: generations.move(["entry:a"])
    reader.get()
    site.meanwhile = lambda: None
    site.body = b"newer" * 90
    assert reader.get() == b"newer" * 90
    assert len(site.asked) == 2


def test_each_encoding_has_its_bytes_and_its_etag(reader: Reader) -> None:
    plain = reader.get()
    etags = {reader.headers["etag"]}
    assert gzip.decompress(reader.get(HTTP_ACCEPT_ENCODING="gzip, deflate")) == plain
    assert (reader.headers["content-encoding"], reader.headers["vary"]) == ("gzip", "Accept, Accept-Encoding")
    etags.add(reader.headers["etag"])
    assert brotli.decompress(reader.get(HTTP_ACCEPT_ENCODING="gzip, br;q=0.9")) == plain
    etags.add(reader.headers["etag"])
    assert len(etags) == 3
    assert reader.get(HTTP_ACCEPT_ENCODING="br;q=0, identity") == plain
    assert "content-encoding" not in reader.headers


def test_who_has_it_already_gets_304(site: Site, reader: Reader, seen: list[str]) -> None:
    reader.get(HTTP_ACCEPT_ENCODING="gzip")
    etag = reader.headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        assert reader.get(HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=known) == b""
        assert (reader.status[:3], reader.headers["etag"]) == ("304", etag)
        assert "content-length" not in reader.headers
    assert reader.get(HTTP_IF_NONE_MATCH='"other"')
    assert reader.status == "200 OK"
    assert len(site.asked) == 1
    assert seen == ["a", "a"]


def test_a_condition_never_reaches_the_page_that_is_made(site: Site, reader: Reader) -> None:
    reader.get(
        HTTP_IF_NONE_MATCH='"x"', HTTP_IF_MODIFIED_SINCE="Sat, 28 Nov 2026 00:00:00 GMT", HTTP_ACCEPT="text/html"
    )
    assert not [name for name in site.asked[0] if name.startswith("HTTP_IF_")]
    assert site.asked[0]["HTTP_ACCEPT"] == "*/*"


def test_head_has_the_headers_and_no_body(site: Site, reader: Reader) -> None:
    assert reader.get(method="HEAD") == b""
    assert reader.headers["content-length"] == str(len(TEXT.encode()))
    assert reader.get(method="HEAD") == b""
    assert reader.get() == TEXT.encode()
    assert [one["REQUEST_METHOD"] for one in site.asked] == ["GET"]


@pytest.mark.parametrize("changes", [
    {"Set-Cookie": "a=b"}, {"Vary": "Cookie"}, {"Vary": "Accept-Language, Accept"}, {"Cache-Control": "private"},
    {"Cache-Control": "no-store"}, {"Cache-Tag": ""},
])  # fmt: skip
def test_what_is_not_for_everyone_is_not_kept(site: Site, reader: Reader, changes: dict[str, str]) -> None:
    site.headers |= changes
    assert reader.get() == reader.get() == TEXT.encode()
    assert len(site.asked) == site.closed == 2


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "410 Gone", "500 Oh", "206 Partial"])
def test_nothing_but_whole_pages_is_kept(site: Site, reader: Reader, status: str) -> None:
    site.status = status
    reader.get()
    reader.get()
    assert (len(site.asked), reader.status) == (2, status)


@pytest.mark.parametrize("asked", [
    {"method": "POST"}, {"query": "q=lua"}, {"query": "before=1&utm_source=x"}, {"query": "before=" + "1" * 300},
    {"HTTP_RANGE": "bytes=0-1"}, {"HTTP_ACCEPT": "text/markdown"}, {"HTTP_HOST": "elsewhere.example"},
    {"path": "/media/x.webp"},
])  # fmt: skip
def test_what_may_differ_is_always_asked(site: Site, reader: Reader, asked: dict[str, str]) -> None:
    reader.get()
    for _ in range(2):
        assert reader.get(**asked)
    assert len(site.asked) == 3


def test_a_public_page_that_is_not_kept_comes_in_an_encoding_too(site: Site, reader: Reader) -> None:
    """What is asked in words of the reader's own, as a search is; the site goes on knowing its ETag."""
    site.headers["ETag"] = '"a"'
    for encoding, read in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        body = reader.get("/search", "q=lua", HTTP_ACCEPT_ENCODING=encoding)
        assert read(body) == TEXT.encode()
        assert reader.headers["content-encoding"] == encoding
        assert reader.headers["content-length"] == str(len(body))
        assert (reader.headers["vary"], reader.headers["etag"]) == ("Accept, Accept-Encoding", 'W/"a"')
    assert site.closed == 2
    assert reader.get("/search", "q=lua") == TEXT.encode()
    assert reader.get("/search", "q=lua", "HEAD", HTTP_ACCEPT_ENCODING="br") == TEXT.encode()  # the server cuts it
    assert "content-encoding" not in reader.headers


@pytest.mark.parametrize("changes", [{"Cache-Control": "private"}, {"Set-Cookie": "a=b"}, {"Vary": "Cookie"}])
def test_what_may_hold_a_secret_is_not_compressed(site: Site, reader: Reader, changes: dict[str, str]) -> None:
    site.headers.update(changes)
    assert reader.get("/search", "q=lua", HTTP_ACCEPT_ENCODING="br") == TEXT.encode()
    assert "content-encoding" not in reader.headers


def test_pages_of_a_list_are_kept_apart(site: Site, reader: Reader) -> None:
    reader.get("/latest")
    site.body = b"older" * 90
    assert reader.get("/latest", "before=12") == b"older" * 90
    assert reader.get("/latest") == TEXT.encode()
    assert len(site.asked) == 2


def test_whoever_is_signed_in_gets_the_same_page_and_makes_none(site: Site, reader: Reader) -> None:
    reader.get(HTTP_COOKIE="session=x")
    assert site.asked[0]["HTTP_COOKIE"] == "session=x"
    reader.get()
    assert reader.get(HTTP_COOKIE="session=x") == TEXT.encode()
    assert len(site.asked) == 2
    assert "HTTP_COOKIE" not in site.asked[1]


def test_readers_of_a_release_are_told_of(site: Site, reader: Reader, seen: list[str]) -> None:
    reader.get()
    reader.get()
    reader.get("/latest")
    reader.get(HTTP_COOKIE="session=x", path="/r/b/kho")
    assert seen == ["a", "a", "b"]
    site.status = "404 Not Found"
    reader.get("/r/c/khong")
    reader.get("/r/c/khong", HTTP_COOKIE="session=x")
    assert seen == ["a", "a", "b"]


def test_after_its_time_one_makes_it_anew_and_others_get_the_old_one(
    site: Site, door: FrontDoor, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get()
    now = doors.monotonic()
    monkeypatch.setattr(doors, "monotonic", lambda: now + doors.FRESH + 1)
    site.body = b"newer" * 90
    others: list[bytes] = []
    site.meanwhile = lambda: others.append(Reader(door).get())
    assert reader.get() == b"newer" * 90
    assert others == [TEXT.encode()]
    site.meanwhile = lambda: None
    monkeypatch.setattr(doors, "monotonic", lambda: now + 3 * (doors.FRESH + doors.STALE))
    site.body = b"newest" * 90
    assert reader.get() == b"newest" * 90


def test_many_who_come_at_once_ask_for_one_page(site: Site, door: FrontDoor) -> None:
    door.gate.waiting = threading.BoundedSemaphore(20)
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(120)

    site.meanwhile = slowly
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda: got.append(Reader(door).get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert got == [TEXT.encode()] * 8
    assert len(site.asked) == 1


def test_a_page_made_between_a_look_and_a_turn_is_not_made_again(
    site: Site, door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_turn = door._may_make

    def late(key: Key) -> bool:
        monkeypatch.setattr(door, "_may_make", take_turn)
        assert Reader(door).get() == TEXT.encode()
        return take_turn(key)

    monkeypatch.setattr(door, "_may_make", late)
    assert Reader(door).get() == TEXT.encode()
    assert len(site.asked) == 1


def test_a_page_purged_while_it_was_made_is_made_once_more_for_all_who_waited(
    site: Site, door: FrontDoor, generations: Generations
) -> None:
    """Whoever came before the purge may have read an old one, those who wait not; and they do not all ask Django."""
    door.gate.waiting = threading.BoundedSemaphore(20)
    begun, go_on, first = threading.Event(), threading.Event(), Reader(door)

    def slowly() -> None:
        begun.set()
        assert go_on.wait(120)

    site.meanwhile = slowly
    making = threading.Thread(target=first.get)
    making.start()
    assert begun.wait(10)
    site.body, site.meanwhile = b"corrected" * 50, lambda: generations.move(["entry:a"])  # and purged once more
    got: list[bytes] = []
    waiting = [threading.Thread(target=lambda: got.append(Reader(door).get())) for _ in range(8)]
    generations.move(["entry:a"])
    for thread in waiting:
        thread.start()
    assert eventually(lambda: door.gate.waiting._value == 12)  # type: ignore[attr-defined]  # all eight wait
    go_on.set()
    for thread in [making, *waiting]:
        thread.join(60)
    assert got == [b"corrected" * 50] * 8
    assert len(site.asked) == 2


def test_when_all_places_are_taken_stored_pages_are_sent_and_the_rest_asked_to_come_again(
    site: Site, door: FrontDoor, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get()
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slowly() -> None:
        begun.release()
        assert go_on.wait(120)

    site.meanwhile = slowly
    slow = [threading.Thread(target=lambda n=n: Reader(door).get(f"/slow/{n}")) for n in range(2)]
    for thread in slow:
        thread.start()
    assert begun.acquire(timeout=60)
    assert begun.acquire(timeout=60)
    assert reader.get() == TEXT.encode()
    monkeypatch.setattr(gate, "PATIENCE", 0.01)
    assert b"Busy" in reader.get("/slow/3")
    assert (reader.status[:3], reader.headers["retry-after"]) == ("503", "2")
    waits = threading.Thread(target=lambda: Reader(door).get("/slow/0"))
    waits.start()
    assert eventually(lambda: not free(door.gate.waiting))
    assert b"Busy" in reader.get("/slow/0")  # to wait takes a place too
    assert reader.get() == TEXT.encode()
    go_on.set()
    for thread in [*slow, waits]:
        thread.join(60)
    site.meanwhile = lambda: None
    assert reader.get("/slow/3") == TEXT.encode()


def free(places: threading.BoundedSemaphore) -> bool:
    """Say whether a place is left."""
    if places.acquire(blocking=False):
        places.release()
        return True
    return False


def eventually(is_true: Callable[[], bool]) -> bool:
    """Look again for a minute."""
    return any(is_true() or time.sleep(0.01) for _ in range(6_000))


def test_an_application_that_fails_leaves_no_place_taken(site: Site, door: FrontDoor, reader: Reader) -> None:
    def fail() -> None:
        raise RuntimeError

    site.meanwhile = fail
    for _ in range(5):
        with pytest.raises(RuntimeError):
            reader.get()
    site.meanwhile = lambda: None
    assert reader.get() == TEXT.encode()
    assert not door.making


def test_what_left_the_store_is_not_held_by_the_ways_to_it(site: Site, door: FrontDoor, reader: Reader) -> None:
    door.store.most_bytes = 50_000
    for number in range(200):
        reader.get(f"/r/a{number}/lua", HTTP_ACCEPT_ENCODING="gzip")
        reader.get(f"/r/a{number}/lua")
    assert door.store.bytes <= 50_000
    assert len(door.known) <= 2 * len(door.store)


@pytest.mark.parametrize("room", [0, 5_000])
def test_a_page_too_large_for_the_store_is_held_nowhere(site: Site, door: FrontDoor, reader: Reader, room: int) -> None:
    door.store.most_bytes = room
    for number in range(20):
        assert reader.get(f"/r/a{number}/lua") == TEXT.encode()
        assert reader.get(f"/r/a{number}/lua") == TEXT.encode()
    assert (len(site.asked), len(door.known), len(door.store)) == (40, 0, 0)


def test_a_stranger_who_invents_spellings_fills_nothing(site: Site, door: FrontDoor, reader: Reader) -> None:
    for number in range(500):
        reader.get(HTTP_ACCEPT_ENCODING=f"gzip;q=0.{number}", HTTP_HOST=f"x{number}.globalvn.vn")
    assert len(site.asked) == 1
    assert len(door.known) <= doors.SPELLINGS


def test_a_host_is_looked_up_once_in_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(host: str) -> str | None:
        asked.append(host)
        return host or None

    portal_of = kept_portals(find, seconds=5, most=3)
    assert [portal_of("a"), portal_of("a"), portal_of("")] == ["a", "a", None]
    assert asked == ["a", ""]
    now = spellings.monotonic()
    monkeypatch.setattr(spellings, "monotonic", lambda: now + 6)
    assert portal_of("a") == "a"
    assert asked == ["a", "", "a"]
    for number in range(100):
        portal_of(str(number))


class Slow(io.RawIOBase):
    """A body that does not come until it is let."""

    def __init__(self, body: bytes) -> None:
        self.body, self.asked, self.go_on = body, threading.Event(), threading.Event()

    def read(self, _size: int = -1) -> bytes:
        self.asked.set()
        assert self.go_on.wait(120)
        return self.body


def test_who_sends_slowly_holds_no_place_with_django(site: Site, door: FrontDoor, reader: Reader) -> None:
    bodies = [Slow(b"abc") for _ in range(2)]
    post = {"method": "POST", "CONTENT_LENGTH": "3"}
    sending = [threading.Thread(target=Reader(door).get, args=("/contact",), kwargs=post | {"wsgi.input": body})
               for body in bodies]  # fmt: skip
    for thread in sending:
        thread.start()
    assert all(body.asked.wait(10) for body in bodies)
    assert site.asked == []
    assert b"Busy" in reader.get("/contact", **post, **{"wsgi.input": io.BytesIO(b"abc")})
    assert reader.get("/search", "q=lua") == TEXT.encode()  # others are let in
    for body in bodies:
        body.go_on.set()
    for thread in sending:
        thread.join(60)
    assert [one["wsgi.input"].read() for one in site.asked if one["REQUEST_METHOD"] == "POST"] == [b"abc"] * 2


def test_half_a_form_never_reaches_django(site: Site, reader: Reader) -> None:
    assert b"ended before" in reader.get("/x", method="POST", CONTENT_LENGTH="9", **{"wsgi.input": io.BytesIO(b"abc")})
    assert reader.status[:3] == "400"
    assert site.asked == []


def test_what_is_large_is_read_by_django_and_takes_one_of_few_places(
    site: Site, door: FrontDoor, reader: Reader
) -> None:
    large = {"CONTENT_LENGTH": "3000000", "wsgi.input": io.BytesIO(b"a")}
    site.meanwhile = lambda: None if free(door.gate.bodies.large) else site.asked.append({"is": "full"})
    reader.get("/upload", method="POST", **large)
    assert site.asked[-1] == {"is": "full"}
    assert free(door.gate.bodies.large)


def test_who_reads_something_large_slowly_holds_no_place_with_django(site: Site, door: FrontDoor) -> None:
    """What is small is handed over whole; of what is large only so many are sent at once."""
    site.headers |= {"Cache-Control": "private"}
    site.body = b"a" * 2_500_000
    first, second = (Reader(door) for _ in range(2))
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/media/film.mp4", "QUERY_STRING": "", "HTTP_HOST": "globalvn.vn"}
    content = door(environ, lambda _status, _headers: None)
    assert free(door.gate.inside)
    assert not free(door.gate.streams)
    assert b"Busy" in first.get("/media/film.mp4")
    site.body = b"a" * 100
    assert second.get("/media/bild.webp") == b"a" * 100
    content.close()  # type: ignore[attr-defined]
    site.body = b"a" * 2_500_000
    assert len(first.get("/media/film.mp4")) == 2_500_000


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
