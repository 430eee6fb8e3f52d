"""Reads of newsletters."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.archive.models import State as Shown
from loa.newsletters.models import Digest, DigestItem
from loa.newsletters.rules import Period
from loa.subscribers.models import State, Subscriber

MOST_ENTRIES = 200
MOST_FOLLOWED = 2000  # of all organizations that a batch of subscribers follows


def waiting(portal_id: int, frequency: str, period: Period, after: int, limit: int) -> list[Subscriber]:
    """The next confirmed subscribers whose newsletter for the period is not settled, by id."""
    rows = Subscriber.objects.filter(portal_id=portal_id, state=State.CONFIRMED, frequency=frequency, id__gt=after)
    if period.key:
        settled = Digest.objects.filter(subscriber=OuterRef("pk"), period_key=period.key)
        rows = rows.filter(~Exists(settled), confirmed_at__lt=period.due)
    return list(rows.select_related("portal").order_by("id")[:limit])


def entries_since(portal_id: int, since: datetime) -> list[Entry]:
    """What a portal published since a moment, newest first; stories of a house's life stay on its own page."""
    return list(archive.news(portal_id).filter(published_at__gt=since)[:MOST_ENTRIES])


def entries_of(portal_id: int, organizations: Iterable[int], since: datetime) -> dict[int, tuple[Entry, set[int]]]:
    """What these organizations published since a moment, alone or with others, and which of them stand behind it."""
    wanted = set(organizations)
    if not wanted:
        return {}
    joint = Entry.partners.through.objects.filter(organization_id__in=wanted)
    rows = archive.public(portal_id).filter(published_at__gt=since)
    rows = rows.filter(Q(organization_id__in=wanted) | Q(pk__in=joint.values("entry_id")))
    found = {entry.pk: (entry, {entry.organization_id}) for entry in rows[:MOST_FOLLOWED]}
    for entry_id, organization_id in joint.filter(entry__in=list(found)).values_list("entry_id", "organization_id"):
        found[entry_id][1].add(organization_id)
    return found


def still_public(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the entries readers can read at this moment, as they are now, in the same order.

    They are held until the caller's transaction ends, so that a withdrawal finds either no mail or a mail to stop.
    """
    order = [entry.pk for entry in entries]
    rows = Entry.objects.select_for_update(of=("self",)).select_related("current", "organization", "section", "portal")
    found = {entry.pk: entry for entry in rows.filter(pk__in=order, state=Shown.PUBLISHED).order_by("pk")}
    return [found[key] for key in order if key in found]


def items_of(digest: Digest) -> list[Entry]:
    """What a newsletter names, in the order it names them."""
    rows = DigestItem.objects.filter(digest=digest).select_related("entry")
    return [item.entry for item in rows.order_by("id")]


def had(subscribers: Iterable[Subscriber], entries: Iterable[int]) -> dict[int, set[int]]:
    """Which of the entries each subscriber has been sent."""
    rows = DigestItem.objects.filter(subscriber__in=list(subscribers), entry__in=list(entries))
    sent: defaultdict[int, set[int]] = defaultdict(set)
    for subscriber_id, entry_id in rows.values_list("subscriber_id", "entry_id"):
        sent[subscriber_id].add(entry_id)
    return sent
