"""Reads of subscribers, and the signed links that stand for them."""

from django.core import signing

from loa.portals.models import Portal
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import Subscriber

DAYS_TO_CONFIRM = 14


def token(subscriber: Subscriber, purpose: str) -> str:
    """A signed word for one purpose: `confirm`, `preferences` or `leave`; the address itself is not in it."""
    return signing.dumps(subscriber.public_id, salt=f"loa.subscribers.{purpose}")


def by_token(portal: Portal, value: str, purpose: str) -> Subscriber:
    """The subscriber a link stands for. Raises TokenInvalid; only links to confirm grow old."""
    age = DAYS_TO_CONFIRM * 86400 if purpose == "confirm" else None
    try:
        public_id = signing.loads(value, salt=f"loa.subscribers.{purpose}", max_age=age)
    except signing.BadSignature as error:
        raise TokenInvalid from error
    found = Subscriber.objects.select_related("portal").filter(public_id=public_id, portal=portal).first()
    if found is None:
        raise TokenInvalid
    return found


def link(subscriber: Subscriber, purpose: str) -> str:
    """The address of the page for a purpose, in the subscriber's language."""
    return subscriber.portal.link(f"/newsletter/{purpose}/{token(subscriber, purpose)}", subscriber.language)
