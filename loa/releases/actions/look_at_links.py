"""Look at links: the worker opens the addresses that drafts link to, a few at a time."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from loa.lib import clock, tokens
from loa.lib.looks import GONE, Fetch, look
from loa.lib.safe_fetch import fetch
from loa.releases.models import LinkLook, Release
from loa.releases.queries import web_addresses
from loa.releases.states import EDITABLE, State

AT_ONCE = 5
FRESH = timedelta(days=1)  # a look is believed so long; a draft not saved since is not looked at


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
