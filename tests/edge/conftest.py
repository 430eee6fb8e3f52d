"""A site behind a door, and readers who ask it."""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from loa.edge.bodies import Bodies
from loa.edge.door import FrontDoor
from loa.edge.generations import Generations
from loa.edge.store import Store

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


def free(places: threading.BoundedSemaphore) -> bool:
    """Say whether a place is left."""
    if places.acquire(blocking=False):
        places.release()
        return True
    return False


def eventually(is_true: Callable[[], bool]) -> bool:
    """Look again for a minute."""
    return any(is_true() or time.sleep(0.01) for _ in range(6_000))


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
