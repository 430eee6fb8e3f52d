"""Counts readers of releases at the front door, and writes them in batches."""

import atexit
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, close_old_connections

EVERY = 5.0  # seconds between two writes
MOST_ENTRIES = 10_000  # entries in memory; beyond, hits of further entries are dropped until the next write
_RELEASE = re.compile(r"(?:/[a-z]{2,3}(?:-[A-Za-z]{4})?)?/r/([0-9a-z]{1,16})(?:/[^/.]*)?/?")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|scan|curl|wget|python|java/|go-http|httpclient|okhttp|libwww|headless"
    r"|facebookexternalhit|feed|lighthouse|axios|node|zalo.?link|telegram|whatsapp|bytespider|gpt|claude|archiv",
    re.IGNORECASE,
)

Environ = dict[str, Any]
log = logging.getLogger(__name__)


class HitCounter:
    """Every page of a release that was sent to a person counts once."""

    def __init__(self, record: Callable[[Mapping[str, int]], None]) -> None:
        self.record = record
        self.hits: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def saw(self, environ: Environ, public_id: str) -> None:
        """This release was sent in answer to this request."""
        if may_count(environ):
            self.add(public_id)

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


def release_of(path: str) -> str:
    """The public id of the release whose page stands at this path, or nothing."""
    page = _RELEASE.fullmatch(path)
    return page[1] if page else ""


def may_count(environ: Environ) -> bool:
    """Say whether a request may be a person reading: a GET, no machine's name, not fetched ahead of time."""
    purpose = environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "") + environ.get("HTTP_X_PURPOSE", "")
    is_ahead = "prefetch" in purpose or "preview" in purpose
    return environ.get("REQUEST_METHOD") == "GET" and not is_ahead and is_person(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(maxsize=2_000)
def is_person(agent: str) -> bool:
    """Say whether a browser's name is no machine's."""
    return bool(agent) and not _MACHINE.search(agent)
