"""The way in to Django: so many requests at a time, each once all of it came, and out again without holding a thread.

Who finds all places taken waits a moment where there is a place to wait, and is asked to come again.
"""

import threading
from collections.abc import Iterable

from loa.edge.answers import HANDED_OVER, Answer, App, Environ, Leaving, StartResponse, close, whole
from loa.edge.bodies import Bodies
from loa.edge.store import Headers

PATIENCE = 1.0  # seconds a request waits for a place with Django
_BUSY: Headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "2"), ("Cache-Control", "no-store")]


class Gate:
    """WSGI: an application, and the places there are for those who ask it, wait for it and are sent something large."""

    def __init__(self, app: App, *, inside: int, waiting: int, bodies: Bodies, streams: int) -> None:
        self.app = app
        self.inside, self.waiting = threading.BoundedSemaphore(inside), threading.BoundedSemaphore(waiting)
        self.bodies, self.streams = bodies, threading.BoundedSemaphore(streams)

    def ask(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let the request in to Django, once all of it came and there is room, or soon will be."""
        try:
            leave = self.bodies.take(environ)
        except (OSError, ValueError):
            return _cut_off(start_response)
        if leave is None:
            return busy(start_response)
        if not self.inside.acquire(blocking=False) and not self._is_let_in():
            leave()
            return busy(start_response)
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
            return busy(start_response)
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


def busy(start_response: StartResponse) -> Iterable[bytes]:
    """Ask to come again, in words for whoever reads them."""
    start_response("503 Service Unavailable", _BUSY)
    return ["Máy chủ đang bận; hãy thử lại sau vài giây. (Busy; try again in a few seconds.)\n".encode()]


def _cut_off(start_response: StartResponse) -> Iterable[bytes]:
    start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
    return ["Yêu cầu chưa gửi hết thì ngắt. (The request ended before all of it came.)\n".encode()]
