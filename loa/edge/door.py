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
from typing import Any

from loa.edge import encodings
from loa.edge.answers import HANDED_OVER, Answer, Leaving, close, encoded, may_be_kept, whole
from loa.edge.bodies import Bodies
from loa.edge.generations import EVERY, Generations
from loa.edge.shelf import Shelf
from loa.edge.store import Form, Headers, Key, Page, Store

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]
PortalOf = Callable[[str], str | None]  # the portal a host stands for; None: no portal's
Saw = Callable[[Environ, str], None]  # this release was sent to somebody
Spelling = tuple[Any, ...]

FRESH = 30.0  # seconds; a browser keeps a page for as long again, so figures are a minute old at most
STALE = 60.0  # seconds after that in which a page not purged is shown while somebody makes it anew
WAIT = 5.0  # seconds others wait for whoever makes the page
PATIENCE = 1.0  # seconds a request waits for a place with Django
MOST_LATE = 16  # pages that were purged while they were made
LONGEST_QUERY = 200
QUERIES = frozenset({"before", "after", "kind", "page", "letter"})  # what a page that may be kept can be asked with
SPELLINGS = 8  # of a request that lead straight to a page: host, address, encodings, method
PASSED = "/media/"  # files that may be large, or taken back: their door answers parts and conditions itself
_FLEETING = frozenset(
    {"connection", "date", "server", "content-length", "content-encoding", "etag", "vary", "cache-tag"}
)
_OF_CACHES = frozenset({"cache-control", "cache-tag", "cdn-cache-control", "surrogate-control", "surrogate-key"})
_NOT_FOR_A_PAGE = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE",
                   "HTTP_IF_RANGE", "HTTP_COOKIE", "HTTP_ACCEPT_ENCODING")  # fmt: skip
_BUSY: Headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "2"), ("Cache-Control", "no-store")]


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
        self.app, self.store, self.generations = app, store, generations
        self.portal_of, self.saw, self.release_of = portal_of, saw, release_of
        self.shelf, self.for_cdn = shelf, for_cdn
        self.inside, self.waiting = threading.BoundedSemaphore(inside), threading.BoundedSemaphore(waiting)
        self.bodies, self.streams = bodies, threading.BoundedSemaphore(streams)
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
        key = self._key(environ)
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

    def _key(self, environ: Environ) -> Key | None:
        """What a page that may be kept is known by; None for anything else."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in environ or path.startswith(PASSED):
            return None
        if "markdown" in environ.get("HTTP_ACCEPT", "") or not _is_allowed(query):
            return None
        portal = self.portal_of(environ.get("HTTP_HOST", ""))
        return None if portal is None else (portal, path, query)

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
            if not self.waiting.acquire(blocking=False):
                return _busy(start_response)
            try:
                making.done.wait(arrived + WAIT - monotonic())
            finally:
                self.waiting.release()
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
        content = self._ask(asked, answer.start)
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
        content = self._ask(environ, answer.start)
        release = self.release_of(environ.get("PATH_INFO", ""))
        if release and answer.status.startswith("200") and answer.get("content-type").startswith("text/html"):
            self.saw(environ, release)
        if environ["REQUEST_METHOD"] == "GET" and may_be_kept(answer):
            content = encoded(answer, content, encodings.wanted(environ.get("HTTP_ACCEPT_ENCODING", "")))
        start_response(answer.status, answer.headers, *answer.rest)
        return content

    def _ask(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let the request in to Django, once all of it came and there is room, or soon will be."""
        try:
            leave = self.bodies.take(environ)
        except (OSError, ValueError):
            return _cut_off(start_response)
        if leave is None:
            return _busy(start_response)
        if not self.inside.acquire(blocking=False) and not self._is_let_in():
            leave()
            return _busy(start_response)
        answer = Answer()
        try:
            content = self.app(environ, answer.start)
        finally:
            self.inside.release()
            leave()
        return self._let_out(answer, content, start_response)

    def _let_out(self, answer: Answer, content: Iterable[bytes], start_response: StartResponse) -> Iterable[bytes]:
        """Hand over at once what is whole or small, so that nobody who reads slowly keeps a thread.

        What is large, or made while it is sent, keeps one; for these there are so many places.
        """
        length = answer.get("content-length")
        is_whole = not getattr(content, "streaming", True) or (length.isdecimal() and int(length) <= HANDED_OVER)
        if is_whole:
            body = whole(content)
            start_response(answer.status, answer.headers, *answer.rest)
            return [body]
        if not self.streams.acquire(blocking=False):
            close(content)
            return _busy(start_response)
        start_response(answer.status, answer.headers, *answer.rest)
        return Leaving(content, self.streams.release)

    def _is_let_in(self) -> bool:
        """Wait a moment for a place, if there is a place to wait."""
        if not self.waiting.acquire(blocking=False):
            return False
        try:
            return self.inside.acquire(timeout=PATIENCE)
        finally:
            self.waiting.release()


def _busy(start_response: StartResponse) -> Iterable[bytes]:
    start_response("503 Service Unavailable", _BUSY)
    return ["Máy chủ đang bận; hãy thử lại sau vài giây. (Busy; try again in a few seconds.)\n".encode()]


def _cut_off(start_response: StartResponse) -> Iterable[bytes]:
    start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
    return ["Yêu cầu chưa gửi hết thì ngắt. (The request ended before all of it came.)\n".encode()]


def spelling_of(environ: Environ) -> Spelling:
    """All of a request that decides which bytes answer it."""
    return (
        environ.get("HTTP_HOST"), environ.get("PATH_INFO"), environ.get("QUERY_STRING"),
        environ.get("HTTP_ACCEPT_ENCODING"), environ.get("REQUEST_METHOD"),
    )  # fmt: skip


def _is_allowed(query: str) -> bool:
    if not query:
        return True
    return len(query) <= LONGEST_QUERY and all(part.partition("=")[0] in QUERIES for part in query.split("&"))


def made_form(page: Page, encoding: str) -> Form:
    """The page in one encoding; each encoding has an ETag of its own (RFC 9110, section 8.8.3)."""
    body = encodings.encoded(page.body, encoding)
    etag = f'{page.etag[:-1]}-{encoding}"' if encoding else page.etag
    known = [("ETag", etag), ("Vary", page.vary)]
    unchanged = [*known, *(one for one in page.headers if one[0].lower() in _OF_CACHES)]
    coded = [("Content-Encoding", encoding)] if encoding else []
    headers = [*page.headers, *known, *coded, ("Content-Length", str(len(body)))]
    return Form(page=page, etag=etag, headers=headers, unchanged=unchanged, body=[body])


def is_same(asked: str, *etags: str) -> bool:
    """Say whether an `If-None-Match` names one of these; weak ones count (RFC 9110, section 13.1.2)."""
    if asked == etags[0]:
        return True
    named = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return "*" in named or not named.isdisjoint(etags)


def kept_portals(find: Callable[[str], str | None], seconds: float = 5.0, most: int = 1_000) -> PortalOf:
    """The same answers, each remembered for some seconds; hosts anybody may invent are not remembered for ever."""
    answers: dict[str, tuple[float, str | None]] = {}

    def portal_of(host: str) -> str | None:
        now = monotonic()
        found = answers.get(host)
        if found is None or found[0] < now:
            if len(answers) >= most:
                answers.clear()
            found = answers[host] = (now + seconds, find(host))
        return found[1]

    return portal_of
