"""Takes in what readers send before Django is asked, so that whoever sends slowly holds no place with Django.

The server gives each request a thread and reads a body only when it is asked to; whoever sends a byte a minute keeps
that thread. So few may send at once, and what is small is whole before it goes on. What is large (a video) is read by
Django as it comes, and of these there are fewer still.
"""

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

SMALL = 1_000_000  # bytes that are held in memory
Environ = dict[str, Any]


class Bodies:
    """Places for those who send, of one web worker."""

    def __init__(self, sending: int, large: int) -> None:
        self.sending, self.large = threading.BoundedSemaphore(sending), threading.BoundedSemaphore(large)

    def take(self, environ: Environ) -> Callable[[], None] | None:
        """Receive a body; what is returned is to be called once the request is over. None: no place is left.

        Raises ValueError where less came than was said: half a form is no form.
        """
        said = environ.get("CONTENT_LENGTH") or "0"
        size = int(said) if said.isdecimal() else 0
        if not size:
            return _nothing
        places = self.sending if size <= SMALL else self.large
        if not places.acquire(blocking=False):
            return None
        if size > SMALL:
            return places.release
        try:
            body = environ["wsgi.input"].read(size)
        finally:
            places.release()
        if len(body) < size:
            raise ValueError(f"{len(body)} bytes of {size}")
        environ["wsgi.input"] = BytesIO(body)
        return _nothing


def _nothing() -> None:
    """No place is held."""
