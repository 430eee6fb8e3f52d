"""Look at links: the worker opens the addresses that drafts link to, a few at a time."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings

from loa.lib import clock, tokens
from loa.lib.safe_fetch import CannotFetch, Fetched, Limits, fetch
from loa.releases.models import LinkLook, Release
from loa.releases.queries import ADDRESS
from loa.releases.states import EDITABLE, State

AT_ONCE = 5
FRESH = timedelta(days=1)  # a look is believed so long; a draft not saved since is not looked at
LIMITS = Limits(most_bytes=500_000, seconds=8.0, redirects=4, schemes=("https", "http"))
GONE = ("answered 404", "answered 410", "no server answers")

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
        outcome, leads_to = _look(address, fetcher)
        LinkLook.objects.update_or_create(
            digest=tokens.digest(address.encode()),
            defaults={"url": address, "outcome": outcome, "leads_to": leads_to, "looked_at": clock.now()},
        )
    return len(due)


def _wanted() -> Iterator[str]:
    rows = Release.objects.filter(state__in=[*EDITABLE, State.SUBMITTED], saved_at__gte=clock.now() - FRESH)
    for body, source in rows.order_by("-saved_at").values_list("body_html", "source_url")[:50]:
        for address in (*map(unescape, ADDRESS.findall(body)), source):
            if address.startswith(("https://", "http://")) and len(address) <= 1000:
                yield address


def _look(address: str, fetcher: Fetch) -> tuple[str, str]:
    try:
        found = fetcher(address, limits=LIMITS)
    except CannotFetch as error:
        return ("dead", "") if any(sign in str(error) for sign in GONE) else ("", "")
    return ("moved", found.url[:1000]) if _place(found.url) != _place(address) else ("ok", "")


def _place(address: str) -> tuple[str, str, str]:
    """Where an address leads; a slash at its end, www. and the scheme make no other place."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
