"""Counts readers of releases at the front door, and writes them in batches."""

import atexit
import logging
import re
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db import IntegrityError, InterfaceError, OperationalError, close_old_connections

EVERY = 1.0  # seconds between two writes; what a killed process had not written is lost
MOST_EVENTS = 10_000  # kinds of events in memory; beyond, further kinds are dropped until the next write
MOST_FRESH = 20_000  # that are not counted yet
_RELEASE = re.compile(r"(?:/[a-z]{2,3}(?:-[A-Za-z]{4})?)?/r/([0-9a-z]{1,16})(?:/[^/.]*)?/?")
_LANGUAGE = re.compile(r"/([a-z]{2,3}(?:-[A-Za-z]{4})?)/r/")
_RESULTS = re.compile(r"(?:/[a-z]{2,3}(?:-[A-Za-z]{4})?)?/search")
LONGEST_WORDS = 80  # of what was searched for
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|scan|curl|wget|python|java/|go-http|httpclient|okhttp|libwww|headless"
    r"|facebookexternalhit|feed|lighthouse|axios|node|zalo.?link|telegram|whatsapp|bytespider|gpt|claude|archiv",
    re.IGNORECASE,
)

Environ = dict[str, Any]
Event = tuple[str, str, str]
"""The public id of an entry, what happened, and its name."""
log = logging.getLogger(__name__)


class HitCounter:
    """Every page of a release that was sent to a person counts once; so does what the page tells of its reading."""

    def __init__(self, record: Callable[[Mapping[Event, int]], None]) -> None:
        self.record = record
        self.fresh: deque[Event] = deque()  # a hit is put here and counted later: no thread waits for another
        self.events: Counter[Event] = Counter()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def saw(self, environ: Environ, public_id: str) -> None:
        """This release was sent in answer to this request."""
        if not may_count(environ):
            return
        self.add(view_of(public_id, environ.get("PATH_INFO", "")))
        referrer = environ.get("HTTP_REFERER")
        if referrer:
            site, words = come_from(referrer)
            if site and site != environ.get("HTTP_HOST", "").partition(":")[0].removeprefix("www."):
                self.add((public_id, "from", site))
            elif site and words:
                self.add((public_id, "word", words))

    def add(self, event: Event) -> None:
        """Keep one in memory; the writing thread starts with the first, after the server has forked."""
        self.fresh.append(event)
        if self.thread is None:
            self._begin()
        elif len(self.fresh) > MOST_FRESH and self.lock.acquire(blocking=False):  # the database has not answered yet
            try:
                self._fold()
            finally:
                self.lock.release()

    def _begin(self) -> None:
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(target=self._write_for_ever, name="hits", daemon=True)
                self.thread.start()
                atexit.register(self.drain)

    def _fold(self) -> None:
        """Count what is fresh, under the lock."""
        for event, times in Counter([self.fresh.popleft() for _ in range(len(self.fresh))]).items():
            if event in self.events or len(self.events) < MOST_EVENTS:
                self.events[event] += times

    def drain(self) -> None:
        """Write what was counted; when the database is busy or away, keep it for the next time.

        Whatever else goes wrong is raised, and these events are lost: tried for ever they would hold up all others.
        """
        with self.lock:
            self._fold()
            events, self.events = self.events, Counter()
        if not events:
            return
        try:
            self.record(events)
        except (OperationalError, InterfaceError, IntegrityError):  # the last: an entry went between look and write
            log.warning("%d kinds of events wait for the database", len(events))
            with self.lock:
                self.events.update(events)

    def _write_for_ever(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(EVERY)
            try:
                self.drain()
                close_old_connections()
            except Exception:  # nobody would start another thread, and nothing would be counted any more
                log.exception("what was counted in this second is lost; counting goes on")


def release_of(path: str) -> str:
    """The public id of the release whose page stands at this path, or nothing."""
    page = _RELEASE.fullmatch(path)
    return page[1] if page else ""


@lru_cache(maxsize=5_000)
def view_of(public_id: str, path: str) -> Event:
    """One view of a release, in the language its page was asked for in."""
    return public_id, "view", language_of(path)


def language_of(path: str) -> str:
    """The language a page is asked for in, as its address begins; nothing: the portal's own."""
    found = _LANGUAGE.match(path)
    return found[1] if found else ""


@lru_cache(maxsize=2_000)
def come_from(referrer: str) -> tuple[str, str]:
    """The host of the page a reader came from, without `www.`, and the words if it was a page of search results."""
    try:
        parts = urlsplit(referrer)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    if len(host) > 100 or not host.isascii():
        return "", ""
    words = dict(parse_qsl(parts.query)).get("q", "") if _RESULTS.fullmatch(parts.path) else ""
    return host, " ".join(words.lower().split())[:LONGEST_WORDS].replace("\0", "")


def may_count(environ: Environ) -> bool:
    """Say whether a request may be a person reading: a GET, no machine's name, not fetched ahead of time."""
    purpose = environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "") + environ.get("HTTP_X_PURPOSE", "")
    is_ahead = "prefetch" in purpose or "preview" in purpose
    return environ.get("REQUEST_METHOD") == "GET" and not is_ahead and is_person(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(maxsize=2_000)
def is_person(agent: str) -> bool:
    """Say whether a browser's name is no machine's."""
    return bool(agent) and not _MACHINE.search(agent)
