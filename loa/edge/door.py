"""The front door: answers public pages from memory, before Django and its middleware are asked.

What may be kept, an answer says itself: 200, `Cache-Control: public`, a `Cache-Tag`, no cookie, and nothing in `Vary`
but encodings and `Accept`. Such a page is the same for everyone, so whoever brings a session gets it too. It is good
until a purge of one of its tags, which every process of the machine sees at once, and for half a minute at most, since
it shows figures that move.

One request makes a page; others wait for it, or get the one whose time has just passed. A page made while one of its
tags was purged is sent and not kept. Django holds a limited number of threads, and so do those who wait, who send
something and who are sent something large; whoever finds them taken is asked to come again, and the stored pages go on
being sent.
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from hashlib import sha256
from time import monotonic

from loa.edge import encodings
from loa.edge.answers import Answer, App, Environ, StartResponse, close, encoded, may_be_kept, whole
from loa.edge.bodies import Bodies
from loa.edge.etags import is_same, made_form
from loa.edge.gate import Gate, busy
from loa.edge.generations import EVERY, Generations
from loa.edge.shelf import Shelf
from loa.edge.spellings import PortalOf, Spelling, key_of, spelling_of
from loa.edge.store import Form, Headers, Key, Page, Store

Saw = Callable[[Environ, str], None]  # this release was sent to somebody

FRESH = 30.0  # seconds; a browser keeps a page for as long again, so figures are a minute old at most
STALE = 60.0  # seconds after that in which a page not purged is shown while somebody makes it anew
WAIT = 5.0  # seconds others wait for whoever makes the page
MOST_LATE = 16  # pages that were purged while they were made
SPELLINGS = 8  # of a request that lead straight to a page: host, address, encodings, method
_FLEETING = frozenset(
    {"connection", "date", "server", "content-length", "content-encoding", "etag", "vary", "cache-tag"}
)
_NOT_FOR_A_PAGE = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE",
                   "HTTP_IF_RANGE", "HTTP_COOKIE", "HTTP_ACCEPT_ENCODING")  # fmt: skip


class Making:
    """A page while one request makes it; others wait for what becomes of it."""

    def __init__(self) -> None:
        self.began = monotonic()
        self.done = threading.Event()
        self.page: Page | None = None  # None: it may not be kept, or was not made

    def is_for(self, arrived: float) -> bool:
        """Say whether all that it shows was read after somebody came: to them it is new, whatever was purged since."""
        return self.began >= arrived


class FrontDoor:
    """WSGI: stored pages in front of an application."""

    def __init__(
        self, app: App, *, store: Store, generations: Generations, portal_of: PortalOf, inside: int, waiting: int,
        bodies: Bodies, streams: int,
        saw: Saw = lambda _environ, _release: None, release_of: Callable[[str], str] = lambda _path: "",
        shelf: Shelf | None = None, for_cdn: Callable[[str], Headers] = lambda _tags: [],
    ) -> None:  # fmt: skip
        self.gate = Gate(app, inside=inside, waiting=waiting, bodies=bodies, streams=streams)
        self.store, self.generations = store, generations
        self.portal_of, self.saw, self.release_of = portal_of, saw, release_of
        self.shelf, self.for_cdn = shelf, for_cdn
        self.making: dict[Key, Making] = {}
        self.late: dict[Key, Making] = {}  # what was purged while it was made: for those who came before it was begun
        self.lock = threading.Lock()
        self.known: dict[Spelling, Form] = {}
        self.table = generations.table
        store.on_leave = self._forget

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer; the first lines are all that most requests see."""
        form = self.known.get(spelling_of(environ))
        if (
            form is not None
            and form.page.seen_at == self.table[EVERY]
            and monotonic() < form.page.fresh_until
            and "HTTP_RANGE" not in environ
            and "markdown" not in environ.get("HTTP_ACCEPT", "")
        ):
            form.page.visited = True
            return self._send(form, environ, start_response)
        return self._find(environ, start_response)

    def _send(self, form: Form, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        page = form.page
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None and is_same(asked, form.etag, page.etag):
            start_response("304 Not Modified", form.unchanged)
            return form.none
        if page.release:
            self.saw(environ, page.release)
        start_response("200 OK", form.headers)
        return form.body if environ["REQUEST_METHOD"] == "GET" else form.none

    def _find(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Whatever is not known by its spelling: a page under another one, a stale page, or none at all."""
        key = key_of(environ, self.portal_of)
        if key is None:
            return self._pass(environ, start_response)
        page = self.store.get(key)
        if page is not None and self._is_good(page):
            if monotonic() < page.fresh_until or not self._may_make(key):
                return self._send(self._form(page, environ), environ, start_response)
            return self._make(key, environ, start_response)
        if page is None and "HTTP_COOKIE" in environ:  # perhaps a desk: nobody waits there for another's page
            return self._pass(environ, start_response)
        if self._may_make(key):
            return self._make(key, environ, start_response)
        return self._wait(key, environ, start_response)

    def _is_good(self, page: Page) -> bool:
        """Say whether nothing it shows was purged; remembers the answer until the next purge of anything."""
        seen = self.table[EVERY]  # read first: a purge in between is looked for again
        if page.seen_at != seen:
            if any(self.table[slot] != then for slot, then in zip(page.slots, page.then, strict=True)):
                if self.store.holds(page):
                    self.store.drop(page.key)
                return False
            page.seen_at = seen
        return monotonic() < page.good_until

    def _may_make(self, key: Key) -> bool:
        """Say whether this request is the one that makes the page."""
        with self.lock:
            if key in self.making:
                return False
            self.making[key] = Making()
            return True

    def _wait(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """For whoever makes the page; where it may not be kept after all, ask Django too.

        One that was purged while it was made may be older than this request: then one of those who waited makes it
        once more, and not all of them.
        """
        arrived = monotonic()
        while monotonic() < arrived + WAIT:
            making = self.making.get(key)
            if making is None:  # made between two looks, or left to whoever comes
                late, page = self.late.get(key), self.store.get(key)
                if late is not None and late.page is not None and late.is_for(arrived):
                    return self._send(self._form(late.page, environ), environ, start_response)
                if page is not None and self._is_good(page):
                    return self._send(self._form(page, environ), environ, start_response)
                if self._may_make(key):
                    return self._make(key, environ, start_response)
                continue
            if not self.gate.waiting.acquire(blocking=False):
                return busy(start_response)
            try:
                making.done.wait(arrived + WAIT - monotonic())
            finally:
                self.gate.waiting.release()
            page = making.page
            if page is None:
                break
            if making.is_for(arrived) or self._is_good(page):
                return self._send(self._form(page, environ), environ, start_response)
        return self._pass(environ, start_response)

    def _make(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The page another worker made, else ask Django for it, and keep it if it may be kept; send it as asked for."""
        try:
            with self.shelf.turn(key) if self.shelf else nullcontext():
                page = self._made_meanwhile(key)
                if page is None:
                    made = self._made(key, environ, start_response)
                    if not isinstance(made, Page):
                        return made
                    page = made
            self.making[key].page = page
            return self._send(self._form(page, environ), environ, start_response)
        finally:
            with self.lock:
                self.making.pop(key).done.set()

    def _made_meanwhile(self, key: Key) -> Page | None:
        """What another thread or worker made after this one had looked, and before its turn came."""
        if (page := self._fresh(self.store.get(key))) is not None:
            return page
        page = self._fresh(self.shelf.get(key)) if self.shelf else None
        if page is not None:
            self.store.put(page)
        return page

    def _fresh(self, page: Page | None) -> Page | None:
        return page if page is not None and self._is_good(page) and monotonic() < page.fresh_until else None

    def _made(self, key: Key, environ: Environ, start_response: StartResponse) -> Page | Iterable[bytes]:
        """The whole page from Django, kept if nothing of it was purged meanwhile; or an answer that may not be kept."""
        then = self.generations.now()
        asked = {name: value for name, value in environ.items() if name not in _NOT_FOR_A_PAGE}
        asked |= {"REQUEST_METHOD": "GET", "HTTP_ACCEPT": "*/*"}
        answer = Answer()
        content = self.gate.ask(asked, answer.start)
        if not may_be_kept(answer):
            return self._as_it_is(answer, content, environ, start_response)
        page = self._page(key, answer, whole(content), then)
        if not self.generations.is_same(page.slots, then):
            self._keep_late(key)
            return page
        self.store.put(page)
        if self.shelf:
            self.shelf.put(page)
        return page

    def _keep_late(self, key: Key) -> None:
        with self.lock:
            if len(self.late) >= MOST_LATE:
                self.late.clear()
            self.late[key] = self.making[key]

    def _as_it_is(
        self, answer: Answer, content: Iterable[bytes], environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """What may not be kept. It was asked for whole, so a condition that came with it is not looked at."""
        start_response(answer.status, answer.headers, *answer.rest)
        if environ["REQUEST_METHOD"] == "HEAD":
            close(content)
            return []
        return content

    def _page(self, key: Key, answer: Answer, body: bytes, then: memoryview) -> Page:
        tags = [tag for tag in answer.get("cache-tag").split(",") if tag]
        slots, now = self.generations.slots(tags), monotonic()
        by_accept = "accept" in [name.strip().lower() for name in answer.get("vary").split(",")]
        headers = [one for one in answer.headers if one[0].lower() not in _FLEETING]
        return Page(
            key=key, headers=[*headers, *self.for_cdn(",".join(tags))], body=body,
            etag=answer.get("etag") or f'"{sha256(body).hexdigest()[:32]}"', slots=slots,
            then=tuple(then[slot] for slot in slots), seen_at=then[EVERY], fresh_until=now + FRESH,
            good_until=now + FRESH + STALE, vary="Accept, Accept-Encoding" if by_accept else "Accept-Encoding",
            release=self.release_of(key[1]) if answer.get("content-type").startswith("text/html") else "",
        )  # fmt: skip

    def _form(self, page: Page, environ: Environ) -> Form:
        """The page in the encoding that was asked for, and straight there the next time."""
        content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
        encoding = encodings.PLAIN
        if encodings.may_encode(content_type, len(page.body)):
            encoding = encodings.wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = page.forms.get(encoding)
        if form is None:
            form = page.forms[encoding] = made_form(page, encoding)
            if encoding:
                self.store.grow(page, len(form.body[0]))
        if self.store.holds(page) and len(page.spellings) < SPELLINGS:
            spelling = spelling_of(environ)
            page.spellings.append(spelling)
            self.known[spelling] = form
            if not self.store.holds(page):  # it left meanwhile
                self._forget(page)
        return form

    def _forget(self, page: Page) -> None:
        """A page left the store; its spellings may lead to a newer one by now."""
        for spelling in page.spellings:
            form = self.known.get(spelling)
            if form is not None and form.page is page:
                self.known.pop(spelling, None)

    def _pass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """What is not kept, or not for everyone; a release that is read here is counted too."""
        answer = Answer()
        content = self.gate.ask(environ, answer.start)
        release = self.release_of(environ.get("PATH_INFO", ""))
        if release and answer.status.startswith("200") and answer.get("content-type").startswith("text/html"):
            self.saw(environ, release)
        if environ["REQUEST_METHOD"] == "GET" and may_be_kept(answer):
            content = encoded(answer, content, encodings.wanted(environ.get("HTTP_ACCEPT_ENCODING", "")))
        start_response(answer.status, answer.headers, *answer.rest)
        return content
