"""What the operator sees of readers, and a reader of themselves."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from loa.portals.models import Portal
from loa.subscribers import rules
from loa.subscribers.models import Bringing, Consent, Journalist, State, Subscriber, Subscription
from loa.subscribers.queries.lists import named, wishes_of

MOST_LISTS = 100  # on the operator's page


def of_portal(portal: Portal) -> QuerySet[Subscriber]:
    """Every address a portal knows, the newest first."""
    return Subscriber.objects.filter(portal=portal).order_by("-pk")


def with_lists(portal: Portal) -> Iterator[tuple[Subscriber, list[str]]]:
    """Every address with the keys of what it wants, oldest first, read in pages."""
    after = 0
    rows = Subscriber.objects.filter(portal=portal).order_by("pk").prefetch_related("subscriptions")
    while page := list(rows.filter(pk__gt=after)[:1000]):
        for reader in page:
            yield reader, [one.key for one in reader.subscriptions.all()]
        after = page[-1].pk


def count_states(portal: Portal) -> dict[str, int]:
    """How many addresses stand in each state."""
    found = dict(of_portal(portal).order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in State.values}


def count_lists(portal: Portal) -> list[tuple[str, int]]:
    """How many confirmed readers each list has, the longest first."""
    rows = Subscription.objects.filter(subscriber__portal=portal, subscriber__state=State.CONFIRMED)
    return list(rows.values_list("key").annotate(n=Count("pk")).order_by("-n", "key")[:MOST_LISTS])


def found(portal: Portal, typed: str) -> list[Subscriber]:
    """Addresses that begin with, or are at, what an operator typed."""
    words = typed.strip().lower()
    if not words:
        return []
    return list(of_portal(portal).filter(Q(email__startswith=words) | Q(email__endswith=f"@{words}"))[:20])


def get_for_operator(portal: Portal, public_id: str) -> Subscriber | None:
    """One reader of the portal whose operator asks."""
    return of_portal(portal).select_related("portal").filter(public_id=public_id).first()


def consents(subscriber: Subscriber) -> list[Consent]:
    """What a reader agreed to and took back, the newest first."""
    return list(Consent.objects.filter(subscriber=subscriber).select_related("proof").order_by("-pk"))


def everything_about(subscriber: Subscriber) -> dict[str, Any]:
    """All that is held about an address, as plain values; moments in RFC 3339, UTC."""
    names = named(subscriber.portal, [wish.key for wish in wishes_of(subscriber)], subscriber.language)
    wishes = Subscription.objects.filter(subscriber=subscriber).order_by("pk")
    return {
        "portal": subscriber.portal.name,
        "email": subscriber.email,
        "state": subscriber.state,
        "language": subscriber.language,
        "asked_at": subscriber.asked_at,
        "confirmed_at": subscriber.confirmed_at,
        "left_at": subscriber.left_at,
        "paused_until": subscriber.paused_until,
        "subscriptions": [
            {
                "list": row.key,
                "name": names[row.key].name if row.key in names else "",
                "frequency": row.frequency,
                "language": row.language,
                "since": row.since,
            }
            for row in wishes
        ],
        "press": Journalist.objects.filter(subscriber=subscriber)
        .values("state", "name", "outlet", "proof", "topics", "language", "note", "asked_at", "decided_at")
        .first(),
        "consents": list(
            Consent.objects.filter(subscriber=subscriber)
            .order_by("pk")
            .values("at", "method", "key", "frequency", "text", "text_version")
        ),
    }


def bringings(portal: Portal) -> QuerySet[Bringing]:
    """What was brought in from elsewhere, the newest first; without the files."""
    return Bringing.objects.filter(portal=portal).defer("table", "proof_file").order_by("-pk")


def bringing(portal: Portal, public_id: str) -> Bringing | None:
    """One of them, whole."""
    return Bringing.objects.select_related("portal").filter(portal=portal, public_id=public_id).first()


def journalists(portal: Portal, *states: str) -> list[Journalist]:
    """Who asked for the press list, in these states, the oldest wish first; `is_on` says who reads it now."""
    is_on = Exists(Subscription.objects.filter(subscriber=OuterRef("subscriber"), key=rules.PRESS))
    rows = Journalist.objects.filter(subscriber__portal=portal, state__in=states).annotate(is_on=is_on)
    return list(rows.select_related("subscriber").order_by("asked_at", "pk"))


def journalist(portal: Portal, public_id: str) -> Journalist | None:
    """One of them by the id of their address."""
    rows = Journalist.objects.select_related("subscriber__portal")
    return rows.filter(subscriber__portal=portal, subscriber__public_id=public_id).first()
