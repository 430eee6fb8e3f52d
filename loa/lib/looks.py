"""Looks at addresses that others wrote down: what is behind one tonight, and when it is looked at next."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from loa.lib.safe_fetch import CannotFetch, Fetched, Limits

LIMITS = Limits(most_bytes=500_000, seconds=8.0, redirects=4, schemes=("https", "http"))
# What the error says, and what it is called from then on; whatever else went wrong tells nothing about the address.
TELLING = {
    "answered 404": "404", "answered 410": "410", "no server answers": "nobody", "could not be reached": "silent",
    "did not answer as": "silent", "server answered 5": "silent", "stopped before": "silent",
}  # fmt: skip
GONE = ("404", "410", "nobody")
NIGHTS = 2  # in a row in which nothing was found: a server may be mended on the day between
NIGHTS_OF_SILENCE = 7  # a server that does not answer may be away for days
_NIGHT = 1  # o'clock where the portal is
_HOURS = 4  # over which the addresses are spread

Fetch = Callable[..., Fetched]


def look(address: str, fetcher: Fetch) -> tuple[str, str]:
    """What is behind an address, and where it leads if elsewhere.

    “ok”, “moved”, “404”, “410”, “nobody” (no server has this name), “silent” (a server that does not answer), or
    nothing where it could not be told.
    """
    try:
        found = fetcher(address, limits=LIMITS)
    except CannotFetch as error:
        return named(error), ""
    return ("moved", found.url[:1000]) if _place(found.url) != _place(address) else ("ok", "")


def named(error: CannotFetch) -> str:
    """What a fetch that failed tells of the address, as `look` says it."""
    return next((said for sign, said in TELLING.items() if sign in str(error)), "")


def is_dead(answer: str, nights: int) -> bool:
    """Whether an answer that came so many nights in a row means that nothing is there any more."""
    return (nights >= NIGHTS and answer in GONE) or (nights >= NIGHTS_OF_SILENCE and answer == "silent")


def next_night(after: datetime, zone: ZoneInfo, digest: str) -> datetime:
    """The next moment of an address's own, by night where the portal is; in UTC."""
    offset = timedelta(hours=_NIGHT, seconds=int(digest[:8], 16) % (_HOURS * 3600))
    midnight = after.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = 0 if midnight + offset > after.astimezone(zone) else 1
    return (midnight + timedelta(days=days) + offset).astimezone(UTC)


def _place(address: str) -> tuple[str, str, str]:
    """Where an address leads; a slash at its end, www. and the scheme make no other place."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
