"""Writes down what readers are sent and queues their mails, many in one transaction."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from loa.lib import clock
from loa.mail.actions.queue import queue_all
from loa.newsletters import emails, queries, rules
from loa.newsletters.models import Digest, DigestItem
from loa.newsletters.rules import ByWish, Reading
from loa.subscribers.models import Frequency, State, Subscriber


def settle(readings: Sequence[Reading], published: ByWish, press: emails.Press, period_key: str = "") -> int:
    """Settle one period for these readers, or what is at once without a period; returns how many mails were queued.

    The readers are locked first and what they had is read after that, so that two workers send nothing twice.
    """
    with transaction.atomic():
        confirmed = _locked(one.subscriber.pk for one in readings)
        chosen = _chosen([one for one in readings if one.subscriber.pk in confirmed], published, period_key)
        public = queries.still_public(pk for _, _, entries in chosen for pk in entries)
        settled = [(one, name, [pk for pk in entries if pk in public]) for one, name, entries in chosen]
        if not period_key:
            settled = [row for row in settled if row[2]]
        now = clock.now()
        digests = Digest.objects.bulk_create(
            [Digest(subscriber=one.subscriber, period_key=name, at=now) for one, name, _ in settled]
        )
        DigestItem.objects.bulk_create(
            DigestItem(digest=digest, subscriber=one.subscriber, entry=public[pk])
            for digest, (one, _, entries) in zip(digests, settled, strict=True)
            for pk in entries
        )
        sent = [(digest, one, entries) for digest, (one, _, entries) in zip(digests, settled, strict=True) if entries]
        queue_all(
            emails.digest(
                digest,
                one,
                [public[pk] for pk in entries],
                why=rules.answered(published, one, set(entries)),
                press=press,
            )
            for digest, one, entries in sent
        )
    return len(sent)


def _locked(ids: Iterable[int]) -> set[int]:
    rows = Subscriber.objects.select_for_update().filter(pk__in=set(ids), state=State.CONFIRMED).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def _chosen(readings: Sequence[Reading], published: ByWish, period_key: str) -> list[tuple[Reading, str, list[int]]]:
    """For each reader the name of their newsletter and the entries in it; those written down before are left out.

    What is sent at once is named by the newest entry in it: no entry comes to a reader twice, so no name does.
    """
    every = {pk for pairs in published.values() for _, pk in pairs}
    had = queries.had((one.subscriber.pk for one in readings), every)
    before = queries.settled(readings, [period_key] if period_key else [_at_once(pk) for pk in every])
    found = []
    for one in readings:
        sent = had[one.subscriber.pk]
        entries = rules.wanted(published, one, sent, queries.MOST_ENTRIES)
        keys = [period_key] if period_key else [_at_once(pk) for pk in sorted(entries, reverse=True)]
        names = [name for key in keys if (one.subscriber.pk, name := one.name(key)) not in before]
        if names:
            sent.update(entries)  # who reads in two languages gets an entry in one of them
            found.append((one, names[0], entries))
    return found


def _at_once(pk: int) -> str:
    return f"{rules.LETTERS[Frequency.AT_ONCE]}{pk}"
