"""What a request is known by: all of it as it is spelled, and the page that it asks for, on the portal of its host."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from loa.edge.answers import Environ
from loa.edge.store import Key

PortalOf = Callable[[str], str | None]  # the portal a host stands for; None: no portal's
Spelling = tuple[Any, ...]

LONGEST_QUERY = 200
QUERIES = frozenset({"before", "after", "kind", "page", "letter"})  # what a page that may be kept can be asked with
PASSED = "/media/"  # files that may be large, or taken back: their door answers parts and conditions itself


def spelling_of(environ: Environ) -> Spelling:
    """All of a request that decides which bytes answer it."""
    return (
        environ.get("HTTP_HOST"), environ.get("PATH_INFO"), environ.get("QUERY_STRING"),
        environ.get("HTTP_ACCEPT_ENCODING"), environ.get("REQUEST_METHOD"),
    )  # fmt: skip


def key_of(environ: Environ, portal_of: PortalOf) -> Key | None:
    """What a page that may be kept is known by; None for anything else."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in environ or path.startswith(PASSED):
        return None
    if "markdown" in environ.get("HTTP_ACCEPT", "") or not _is_allowed(query):
        return None
    portal = portal_of(environ.get("HTTP_HOST", ""))
    return None if portal is None else (portal, path, query)


def _is_allowed(query: str) -> bool:
    if not query:
        return True
    return len(query) <= LONGEST_QUERY and all(part.partition("=")[0] in QUERIES for part in query.split("&"))


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
