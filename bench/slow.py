"""What slow clients and slow requests do to everybody else: `python bench/slow.py`.

A portal of its own is served by `loa serve` with two web workers. Hot pages are asked for again and again, each on a
new connection, and beside them a page that Django makes each time (the search); first with nobody else there, then
while so many others send the head of a request a byte a second, or a body, or read what they asked for a little at a
time: stored pages, and a film of 40 MB. Last somebody holds the database's write lock (as a program of another's that
copies it would) while forty readers sign up for the newsletter: as many as there are places wait for the lock inside
Django, and whoever comes then is answered 503 with Retry-After.

Prints name | ours | reference | ratio | budget | ok/short and ends with 1 where anything is short.
"""

import http.client
import os
import resource
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from figures import line
from own_portal import Desk, ask, portal_of_its_own, served, wait_for

SLOW = int(os.environ.get("LOA_BENCH_SLOW", "400"))
READERS = 100  # of the film
REQUESTS = int(os.environ.get("LOA_BENCH_REQUESTS", "300"))
SIGN_UPS = 40
MOST = 0.25  # seconds at the 99th of a hundred, on a machine that the slow ones share with everybody else
FILM = "abcdefghijklmnopqrstuvwxyz"

Asked = tuple[list[float], list[float], int]
"""Seconds of hot pages and of searches, and how many were not answered 200."""


def main() -> None:
    """Make, serve, be slow, say."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4 * SLOW + 500)), hard))
    with portal_of_its_own() as (home, port):
        desk = Desk()
        entries = [desk.publish(number) for number in range(20)]
        film()
        with served(port, workers=2):
            from loa.archive.queries import address

            wait_for(lambda: ask(port, "/")[0] == 200, "the front page")
            wait_for(lambda: ask(port, "/search?q=hoa")[0] == 200, "the search")
            hot = [address(entries[-1]), "/", f"/o/{desk.organization.slug}", "/feed.xml"]
            scenes: dict[str, Callable[[], Clients]] = {
                "nobody else": lambda: Clients(port, 0, b"", trickle=False),
                f"{SLOW} send a head slowly": lambda: Clients(port, SLOW, b"GET / HTTP/1.1\r\nX-", trickle=True),
                f"{SLOW} send an event slowly": lambda: Clients(port, SLOW, post("/seen", 200), trickle=True),
                f"{SLOW} send a form slowly": lambda: Clients(port, SLOW, post("/newsletter", 200), trickle=True),
                f"{SLOW} read pages slowly": lambda: Clients(port, SLOW, get("/feed.xml") * 200, trickle=False),
                f"{READERS} read a film slowly": lambda: Clients(
                    port, READERS, get(f"/media/{FILM}.mp4"), trickle=False
                ),
            }
            found = {name: scene(name, port, hot, make) for name, make in scenes.items()}
            is_good = all(found.values()) & slow_inside(home, port, hot)
    if not is_good:
        raise SystemExit(1)


def film() -> None:
    """A file everyone may read that no buffer between two programs holds."""
    from django.conf import settings

    from loa.media.models import Use

    Use.objects.create(file=FILM, key="do", is_public=True)
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    (Path(settings.MEDIA_ROOT) / f"{FILM}.mp4").write_bytes(bytes(40_000_000))


def scene(name: str, port: int, hot: list[str], make: Callable[[], "Clients"]) -> bool:
    """Everybody else, while some are slow."""
    with make() as slow:
        time.sleep(1.0 if slow.sockets else 0.0)
        return told(name, *asked(port, hot))


def told(name: str, pages: list[float], searches: list[float], refused: int) -> bool:
    """Two lines; says whether both are good."""
    last = sorted(pages)[int(len(pages) * 0.99)]
    figures = f"p50 {sorted(pages)[len(pages) // 2] * 1000:.1f} ms, p99 {last * 1000:.1f} ms"
    is_good = last <= MOST and not refused
    line(f"hot pages while {name}", figures, "-", f"{refused} refused", f"p99 <= {MOST * 1000:.0f} ms", is_ok=is_good)
    if searches:
        middle = sorted(searches)[len(searches) // 2]
        line(f"the search while {name}", f"p50 {middle * 1000:.1f} ms", "-", "-", "-", is_ok=True)
    return is_good


def asked(port: int, hot: list[str], *, is_search_asked: bool = True) -> Asked:
    """Hot pages one after the other, each on a new connection, and a search after each twenty."""
    pages: list[float] = []
    searches: list[float] = []
    refused = 0
    for number in range(REQUESTS):
        begun = time.perf_counter()
        refused += ask(port, hot[number % len(hot)])[0] != 200
        pages.append(time.perf_counter() - begun)
        if is_search_asked and number % 20 == 0:
            begun = time.perf_counter()
            refused += ask(port, "/search?q=hoa")[0] != 200
            searches.append(time.perf_counter() - begun)
    return pages, searches, refused


class Clients:
    """Connections that begin with the same bytes; then they send one each second, or read a few."""

    def __init__(self, port: int, count: int, begin: bytes, *, trickle: bool) -> None:
        self.sockets: list[socket.socket] = []
        self.trickle, self.stop = trickle, threading.Event()
        for _ in range(count):
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            one.settimeout(60)
            one.connect(("127.0.0.1", port))
            one.setblocking(False)
            one.send(begin[:4_000] if not trickle else begin)
            self.sockets.append(one)
        self.thread = threading.Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> "Clients":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(10)
        for one in self.sockets:
            one.close()

    def _go_on(self) -> None:
        while not self.stop.wait(1.0):
            for one in self.sockets:
                try:
                    _ = one.send(b"a") if self.trickle else one.recv(100)
                except OSError:  # nothing there yet, or the server has had enough of this one
                    continue


def get(path: str) -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0\r\n\r\n".encode()


def post(path: str, length: int) -> bytes:
    """The head of a request that has a body, and its first bytes."""
    form = "Content-Type: application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{form}\r\nContent-Length: {length}\r\n\r\nr=".encode()


def slow_inside(home: Path, port: int, hot: list[str]) -> bool:
    """Requests that wait for the write lock inside Django, until it is let go."""
    if not (home / "loa.db").exists():
        line("hot pages while requests wait in Django", "not on PostgreSQL", "-", "-", "-", is_ok=True)
        return True
    from loa.subscribers.rules import forms

    statuses: list[tuple[int, str]] = []
    shown = forms.stamp()
    time.sleep(forms.SHORTEST + 0.5)  # a person takes some time over a form
    with locked(home / "loa.db"):
        threads = [
            threading.Thread(target=lambda n=n: statuses.append(sign_up(port, n, shown))) for n in range(SIGN_UPS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(2.5)  # whoever has no place waited a second for one
        waits = SIGN_UPS - len(statuses)
        is_good = told(f"{waits} wait in Django", *asked(port, hot, is_search_asked=False))
    for thread in threads:
        thread.join(120)
    refused = [said for status, said in statuses if status == 503]
    answered = sum(status in (200, 429) for status, _said in statuses)  # 429: twenty an hour from one network
    is_told = bool(refused) and all(refused) and answered + len(refused) == SIGN_UPS
    figures = f"{len(refused)} got 503 with Retry-After, {answered} were answered once the lock was free"
    line(f"{SIGN_UPS} who sign up while the database is locked", figures, "-", "-", "all told", is_ok=is_told)
    return is_good and is_told


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Somebody writes and does not come to an end."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def sign_up(port: int, number: int, shown: str) -> tuple[int, str]:
    """One reader's wish for the newsletter; the status, and the seconds after which they may come again."""
    form = urlencode({"email": f"lan{number}@vidu{number}.vn", "shown": shown})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    own = f"localhost:{port}"
    headers = {"Host": own, "Origin": f"http://{own}", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/newsletter", form, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers.get("Retry-After", "")


if __name__ == "__main__":
    main()
