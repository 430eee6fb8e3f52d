"""What a page of a release tells the front door of its reading: one small POST, answered before Django is asked.

Nothing of the reader is in it, and nothing is set on their machine. It is believed as far as it may be true: from a
page of this host, by no machine, and of a kind and name that are known.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from loa.edge.bodies import Bodies
from loa.edge.hits import Event, is_person

PATH = "/seen"
LONGEST = 300  # bytes of a body
_ID = re.compile(r"[0-9a-z]{1,16}", re.ASCII)
_HOST = re.compile(r"(?=.{3,100}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.ASCII)
_NONE, _WORD = re.compile(r""), re.compile(r"[a-z]{1,20}", re.ASCII)
NAMES = {
    "read": _NONE, "copy": _NONE, "download": _WORD, "share": _WORD, "click": _HOST,
    "arrive": re.compile(r"n(?:[0-9]{1,9}(?:-[a-z]{2,3})?|p)", re.ASCII),
}  # fmt: skip
"""What may be told, and how the name that comes with it is written."""

Environ = dict[str, Any]


class Events:
    """WSGI: takes what pages tell, and lets every other request through."""

    def __init__(self, app: Callable[[Environ, Any], Any], add: Callable[[Event], None], bodies: Bodies) -> None:
        self.app, self.add, self.bodies = app, add, bodies

    def __call__(self, environ: Environ, start_response: Any) -> Any:
        """Every answer is alike, so that nobody learns what was believed.

        A small body is read in any case where there is room: the server breaks the connection of one that was not, and
        the reader's next page with it.
        """
        if environ["REQUEST_METHOD"] != "POST" or environ.get("PATH_INFO") != PATH:
            return self.app(environ, start_response)
        size = environ.get("CONTENT_LENGTH") or "0"
        if size.isdecimal() and 0 < int(size) <= LONGEST:
            event = self._received(environ)
            if event is not None and may_be_believed(environ):
                self.add(event)
        start_response("204 No Content", [("Cache-Control", "no-store")])
        return []

    def _received(self, environ: Environ) -> Event | None:
        try:
            is_here = self.bodies.take(environ) is not None
        except (OSError, ValueError):  # it ended before all of it came
            return None
        return read(environ["wsgi.input"].read()) if is_here else None


def may_be_believed(environ: Environ) -> bool:
    """Say whether a browser sent it from a page of this host, as far as it says."""
    if not is_person(environ.get("HTTP_USER_AGENT", "")):
        return False
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return bool(site == "same-origin")
    host = environ.get("HTTP_HOST", "")
    try:
        return bool(host) and urlsplit(environ.get("HTTP_ORIGIN", "")).netloc == host
    except ValueError:  # "http://[": no browser sends it
        return False


def read(body: bytes) -> Event | None:
    """The event in a body (`r=<id>&e=<what>&v=<name>`), or None where it is not written as one."""
    try:
        said = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=3))
    except ValueError:
        return None
    public_id, what, name = said.get("r", ""), said.get("e", ""), said.get("v", "")
    pattern = NAMES.get(what)
    if pattern is None or not _ID.fullmatch(public_id) or not pattern.fullmatch(name):
        return None
    return public_id, what, name
