"""Counts readers of releases at the front door, before and around Django."""

import atexit
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import DatabaseError, close_old_connections

EVERY = 5.0  # seconds between two writes
MOST_ENTRIES = 10_000  # entries in memory; beyond, hits of further entries are dropped until the next write
_RELEASE = re.compile(r"(?:/[a-z]{2,3}(?:-[A-Za-z]{4})?)?/r/([0-9a-z]{1,16})(?:/[^/]*)?/?")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|scan|curl|wget|python|java/|go-http|httpclient|okhttp|libwww|headless"
    r"|facebookexternalhit|feed|lighthouse|axios|node|zalo.?link|telegram|whatsapp|bytespider|gpt|claude|archiv",
    re.IGNORECASE,
)

Environ = dict[str, Any]
log = logging.getLogger(__name__)


class HitCounter:
    """WSGI middleware: every page of a release that was shown to a person counts once."""

    def __init__(self, app: Callable[..., Iterable[bytes]], record: Callable[[Mapping[str, int]], None]) -> None:
        self.app = app
        self.record = record
        self.hits: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on, and count it when a page comes back."""
        page = _RELEASE.fullmatch(environ.get("PATH_INFO", "")) if may_count(environ) else None
        if page is None:
            return self.app(environ, start_response)

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status.startswith("200") and is_html(headers):
                self.add(page[1])
            return start_response(status, headers, *rest)

        return self.app(environ, started)

    def add(self, public_id: str) -> None:
        """Count one in memory; the writing thread starts with the first, after the server has forked."""
        with self.lock:
            if public_id in self.hits or len(self.hits) < MOST_ENTRIES:
                self.hits[public_id] += 1
            if self.thread is None:
                self.thread = threading.Thread(target=self._write_for_ever, name="hits", daemon=True)
                self.thread.start()
                atexit.register(self.drain)

    def drain(self) -> None:
        """Write what was counted; when the database is busy, keep it for the next time."""
        with self.lock:
            hits, self.hits = self.hits, Counter()
        if not hits:
            return
        try:
            self.record(hits)
        except DatabaseError:
            log.warning("hits of %d entries wait for the database", len(hits))
            with self.lock:
                self.hits.update(hits)

    def _write_for_ever(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(EVERY)
            self.drain()
            close_old_connections()


def may_count(environ: Environ) -> bool:
    """Say whether a request may be a person reading: a GET, no machine's name, not fetched ahead of time."""
    purpose = environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "") + environ.get("HTTP_X_PURPOSE", "")
    agent = environ.get("HTTP_USER_AGENT", "")
    is_ahead = "prefetch" in purpose or "preview" in purpose
    return environ.get("REQUEST_METHOD") == "GET" and bool(agent) and not is_ahead and not _MACHINE.search(agent)


def is_html(headers: list[tuple[str, str]]) -> bool:
    """Say whether the answer is a page."""
    return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
