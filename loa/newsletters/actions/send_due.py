"""Queues the newsletters that have come due; run as often as one likes, nobody gets anything twice."""

from loa.lib import clock
from loa.newsletters import emails, queries, rules
from loa.newsletters.actions.build_again import build_again
from loa.newsletters.actions.settle import settle
from loa.newsletters.rules import ByWish
from loa.portals.models import Portal
from loa.subscribers import queries as subscribers
from loa.subscribers.models import Frequency

BATCH = 50


def send_due() -> int:
    """Settle every daily and weekly period of every portal; returns how many newsletters were queued."""
    return build_again() + sum(
        _send(portal, frequency)
        for portal in Portal.objects.all()
        for frequency in (Frequency.DAILY.value, Frequency.WEEKLY.value)
    )


def _send(portal: Portal, frequency: str) -> int:
    period = rules.period(frequency, portal.time_zone, clock.now())
    press, after, queued = emails.Press(), 0, 0
    published: ByWish | None = None
    while readings := queries.due(portal.pk, frequency, period, after, BATCH):
        if published is None:
            searches = subscribers.searches_at(portal.pk, frequency)
            published = queries.published(portal.pk, since=period.since, searches=searches)
        queued += settle(readings, published, press, period.key)
        after = readings[-1].subscriber.pk
    return queued
