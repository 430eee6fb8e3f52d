"""Queues the newsletters that have come due; run as often as one likes, nobody gets anything twice."""

from collections.abc import Sequence

from django.db import transaction

from loa.archive.models import Entry
from loa.lib import clock
from loa.newsletters import emails, queries, rules
from loa.newsletters.actions.build_again import build_again
from loa.newsletters.models import Digest, DigestItem
from loa.portals.models import Portal
from loa.subscribers import queries as following
from loa.subscribers.models import Frequency, State, Subscriber

BATCH = 200


def send_due() -> int:
    """Settle every due period of every portal; returns how many newsletters were queued."""
    return build_again() + sum(
        _send(portal, frequency) for portal in Portal.objects.all() for frequency in Frequency.values
    )


def _send(portal: Portal, frequency: str) -> int:
    period = rules.period(frequency, portal.time_zone, clock.now())
    after, queued = 0, 0
    entries: list[Entry] | None = None
    while subscribers := queries.waiting(portal.pk, frequency, period, after, BATCH):
        entries = queries.entries_since(portal.pk, period.since) if entries is None else entries
        if not entries and not period.key:
            return queued
        follows = following.followings(subscribers)
        organizations = {one for some in follows.values() for one in some}
        of_followed = queries.entries_of(portal.pk, organizations, period.since)
        had = queries.had(subscribers, {entry.pk for entry in entries} | of_followed.keys())
        for subscriber in subscribers:
            followed, sent = follows.get(subscriber.pk, {}), had.get(subscriber.pk, set())
            chosen = rules.wanted(entries, of_followed, subscriber, followed, sent)
            queued += _settle(subscriber, period.key, chosen)
        after = subscribers[-1].pk
    return queued


def _settle(subscriber: Subscriber, period_key: str, entries: Sequence[Entry]) -> bool:
    """Write down what is sent and queue the mail in one transaction; says whether there was anything to send."""
    if not entries and not period_key:
        return False
    # An entry shown at once gives the period its name, so that two workers agree on it.
    key = period_key or f"n{max(entry.pk for entry in entries)}"
    with transaction.atomic():
        still = Subscriber.objects.select_for_update().filter(pk=subscriber.pk, state=State.CONFIRMED).exists()
        if not still:
            return False
        digest, is_new = Digest.objects.get_or_create(
            subscriber=subscriber, period_key=key, defaults={"at": clock.now()}
        )
        public = queries.still_public(entries) if is_new else []
        if not public:
            return False
        DigestItem.objects.bulk_create(
            [DigestItem(digest=digest, subscriber=subscriber, entry=entry) for entry in public]
        )
        emails.digest(digest, subscriber, public)
    return True
