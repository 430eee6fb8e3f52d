"""Look at links: the worker opens the addresses that drafts link to, a few at a time."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from loa.lib import clock, tokens
from loa.lib.safe_fetch import CannotFetch, Fetched, Limits, fetch
from loa.releases.models import LinkLook, Release
from loa.releases.queries import web_addresses
from loa.releases.states import EDITABLE, State

AT_ONCE = 5
FRESH = timedelta(days=1)  # a look is believed so long; a draft not saved since is not looked at
LIMITS = Limits(most_bytes=500_000, seconds=8.0, redirects=4, schemes=("https", "http"))
# What the error says, and what it is called from then on; whatever else went wrong tells nothing about the address.
TELLING = {
    "answered 404": "404", "answered 410": "410", "no server answers": "nobody", "could not be reached": "silent",
    "did not answer as": "silent", "server answered 5": "silent", "stopped before": "silent",
}  # fmt: skip
GONE = ("404", "410", "nobody")

Fetch = Callable[..., Fetched]


def look_at_links(*, fetcher: Fetch = fetch) -> int:
    """How many were opened. What cannot be told (a server that is busy or refuses programs) is not called dead."""
    if not settings.LOA_CHECK_LINKS:
        return 0
    addresses = list(dict.fromkeys(_wanted()))
    known = {
        row.digest for row in LinkLook.objects.filter(
            digest__in=[tokens.digest(one.encode()) for one in addresses], looked_at__gte=clock.now() - FRESH
        )
    }  # fmt: skip
    due = [one for one in addresses if tokens.digest(one.encode()) not in known][:AT_ONCE]
    for address in due:
        answer, leads_to = look(address, fetcher)
        outcome = "dead" if answer in GONE else answer if answer in ("ok", "moved") else ""
        LinkLook.objects.update_or_create(
            digest=tokens.digest(address.encode()),
            defaults={"url": address, "outcome": outcome, "leads_to": leads_to, "looked_at": clock.now()},
        )
    return len(due)


def _wanted() -> Iterator[str]:
    rows = Release.objects.filter(state__in=[*EDITABLE, State.SUBMITTED], saved_at__gte=clock.now() - FRESH)
    for body, source in rows.order_by("-saved_at").values_list("body_html", "source_url")[:50]:
        yield from web_addresses(body, source)


def look(address: str, fetcher: Fetch) -> tuple[str, str]:
    """What is behind an address, and where it leads if elsewhere.

    “ok”, “moved”, “404”, “410”, “nobody” (no server has this name), “silent” (a server that does not answer), or
    nothing where it could not be told.
    """
    try:
        found = fetcher(address, limits=LIMITS)
    except CannotFetch as error:
        return next((said for sign, said in TELLING.items() if sign in str(error)), ""), ""
    return ("moved", found.url[:1000]) if _place(found.url) != _place(address) else ("ok", "")


def _place(address: str) -> tuple[str, str, str]:
    """Where an address leads; a slash at its end, www. and the scheme make no other place."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
