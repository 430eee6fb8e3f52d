"""gate: whoever is slow holds no place with Django, and who finds none is asked to come again."""

import io
import threading

import pytest

from loa.edge import gate
from loa.edge.door import FrontDoor
from tests.edge.conftest import TEXT, Reader, Site, eventually, free


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
