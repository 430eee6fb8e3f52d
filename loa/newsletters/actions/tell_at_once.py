"""Queues the mails of readers who want to hear at once, in the carrying of the notice."""

from collections.abc import Iterable

from loa.archive.models import Entry
from loa.lib import clock
from loa.newsletters import emails, queries, rules
from loa.newsletters.actions.settle import settle
from loa.subscribers import queries as subscribers
from loa.subscribers.models import Frequency

BATCH = 50


def tell_at_once(entries: Iterable[Entry]) -> int:
    """Tell whoever wished for entries like these; returns how many mails were queued.

    Several entries come in one mail; run again, nobody gets anything twice.
    """
    by_portal: dict[int, set[int]] = {}
    for entry in entries:
        by_portal.setdefault(entry.portal_id, set()).add(entry.pk)
    return sum(_tell(portal_id, found) for portal_id, found in by_portal.items())


def _tell(portal_id: int, entries: set[int]) -> int:
    searches = subscribers.searches_at(portal_id, Frequency.AT_ONCE)
    since = clock.now() - rules.NEWS_AT_ONCE
    published = queries.published(portal_id, since=since, only=entries, searches=searches)
    press, after, queued = emails.Press(), 0, 0
    while readings := queries.at_once(portal_id, list(published), after, BATCH):
        queued += settle(readings, published, press)
        after = readings[-1].subscriber.pk
    return queued
