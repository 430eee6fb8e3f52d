"""Reads of subscribers, and the signed links that stand for them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core import signing

from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import Following, Subscriber

DAYS_TO_CONFIRM = 14


def token(subscriber: Subscriber, purpose: str) -> str:
    """A signed word for one purpose: `confirm`, `preferences` or `leave`; the address itself is not in it."""
    return signing.dumps(subscriber.public_id, salt=f"loa.subscribers.{purpose}")


def by_token(portal: Portal, value: str, purpose: str) -> Subscriber:
    """The subscriber a link stands for. Raises TokenInvalid; only links to confirm grow old."""
    age = DAYS_TO_CONFIRM * 86400 if purpose == "confirm" else None
    return _by_public_id(portal, _said(value, purpose, age))


def _said(value: str, purpose: str, age: int | None) -> str:
    try:
        return str(signing.loads(value, salt=f"loa.subscribers.{purpose}", max_age=age))
    except signing.BadSignature as error:
        raise TokenInvalid from error


def _by_public_id(portal: Portal, public_id: str) -> Subscriber:
    found = Subscriber.objects.select_related("portal").filter(public_id=public_id, portal=portal).first()
    if found is None:
        raise TokenInvalid
    return found


def follow_link(subscriber: Subscriber, organization: Organization) -> str:
    """The address of the page to confirm following one organization; it stands for that one alone."""
    said = signing.dumps(f"{subscriber.public_id}:{organization.pk}", salt="loa.subscribers.follow")
    return subscriber.portal.link(f"/newsletter/follow/{said}", subscriber.language)


def by_follow_token(portal: Portal, value: str) -> tuple[Subscriber, Organization]:
    """Who wants to follow whom. Raises TokenInvalid, also where the organization is gone."""
    public_id, _, key = _said(value, "follow", DAYS_TO_CONFIRM * 86400).partition(":")
    organization = Organization.objects.filter(portal=portal, pk=key).first()
    if organization is None:
        raise TokenInvalid
    return _by_public_id(portal, public_id), organization


def link(subscriber: Subscriber, purpose: str) -> str:
    """The address of the page for a purpose, in the subscriber's language."""
    return subscriber.portal.link(f"/newsletter/{purpose}/{token(subscriber, purpose)}", subscriber.language)


def followed(subscriber: Subscriber) -> list[Organization]:
    """The organizations a subscriber follows, by name."""
    rows = Following.objects.filter(subscriber=subscriber).select_related("organization")
    return [row.organization for row in rows.order_by("organization__sort_name", "organization__name")]


def followings(subscribers: Iterable[Subscriber]) -> dict[int, dict[int, datetime]]:
    """For each subscriber the organizations they follow, and since when."""
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    rows = Following.objects.filter(subscriber__in=list(subscribers))
    for subscriber_id, organization_id, since in rows.values_list("subscriber_id", "organization_id", "since"):
        found[subscriber_id][organization_id] = since
    return found
