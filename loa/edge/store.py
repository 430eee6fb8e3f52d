"""Finished pages in memory, bounded in bytes; what is asked for again stays, what is walked through once goes.

The order of leaving is SIEVE's (Zhang et al., NSDI 2024): new pages come in at the head, a hand walks from the tail
and takes the first page nobody has asked for since it last came by. A hit writes one mark and moves nothing, so
readers need no lock, and a crawler that walks a million pages pushes out its own. A page whose time is over goes first.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic

OVERHEAD = 2_000  # bytes a page takes beside its bodies: names, headers, places in tables

Key = tuple[str, str, str]  # portal, path, query
Headers = list[tuple[str, str]]


@dataclass(slots=True, eq=False)
class Form:
    """A page in one encoding, ready to be sent."""

    page: "Page"
    etag: str
    headers: Headers
    unchanged: Headers  # of a 304
    body: list[bytes]
    none: list[bytes] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Page:
    """One public answer: 200 and what belongs to it. Times are of the monotonic clock, in seconds."""

    key: Key
    headers: Headers  # without those of an encoding
    body: bytes
    etag: str
    slots: tuple[int, ...]
    then: tuple[int, ...]  # the counters of the slots, from before the first read
    seen_at: int  # the counter of all purges when the slots were last compared
    fresh_until: float
    good_until: float  # after its time but not purged it may be shown while somebody makes it anew
    vary: str
    release: str  # the public id of the release it shows, for the counter of readers
    forms: dict[str, Form] = field(default_factory=dict)
    spellings: list[tuple[object, ...]] = field(default_factory=list)  # requests that lead straight here
    size: int = 0
    visited: bool = False
    older: "Page | None" = None
    newer: "Page | None" = None


class Store:
    """Pages by key. `get` takes no lock; what changes the order of pages does."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.on_leave: Callable[[Page], None] = _nobody_asks
        self._pages: dict[Key, Page] = {}
        self._lock = threading.Lock()
        self._head: Page | None = None
        self._tail: Page | None = None
        self._hand: Page | None = None

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Page]:
        return iter(list(self._pages.values()))

    def get(self, key: Key) -> Page | None:
        """The page, stale or not."""
        page = self._pages.get(key)
        if page is not None:
            page.visited = True
        return page

    def holds(self, page: Page) -> bool:
        """Say whether this page itself is here, not another of its key."""
        return self._pages.get(page.key) is page

    def put(self, page: Page) -> None:
        """Take in a page in the place of the one of its key; one larger than a tenth of the store is not kept."""
        page.size = len(page.body) + OVERHEAD
        if page.size > self.most_bytes // 10:
            self.drop(page.key)
            return
        with self._lock:
            old = self._pages.get(page.key)
            if old is not None:
                page.visited = old.visited
                self._take_out(old)
            self._pages[page.key] = page
            page.older, self._head = self._head, page
            if page.older is not None:
                page.older.newer = page
            self._tail = self._tail or page
            self._add(page.size)

    def grow(self, page: Page, size: int) -> None:
        """A page got another encoding."""
        with self._lock:
            if self.holds(page):
                page.size += size
                self._add(size)

    def drop(self, key: Key) -> None:
        """Forget a page."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._take_out(page)

    def _add(self, size: int) -> None:
        self.bytes += size
        while self.bytes > self.most_bytes and self._pages:
            self._evict()

    def _evict(self) -> None:
        if self._tail is not None and self._tail.good_until < monotonic():
            self._take_out(self._tail)  # the hand may not come by here for long while pages are walked through
            return
        page = self._hand or self._tail
        while page is not None and page.visited:
            page.visited = False
            page = page.newer or self._tail
        if page is not None:
            self._hand = page.newer
            self._take_out(page)

    def _take_out(self, page: Page) -> None:
        if self._hand is page:
            self._hand = page.newer
        if page.newer is not None:
            page.newer.older = page.older
        else:
            self._head = page.older
        if page.older is not None:
            page.older.newer = page.newer
        else:
            self._tail = page.newer
        page.older = page.newer = None
        del self._pages[page.key]
        self.bytes -= page.size
        self.on_leave(page)
        # Page and forms know each other: left so, all their bytes would wait for a collection of everything old.
        page.forms.clear()


def _nobody_asks(_page: Page) -> None:
    """Until a door stands before the store."""
