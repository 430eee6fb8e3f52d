"""The signed links of mails: each good for one purpose, none with the address in it; those to confirm grow old."""

from collections.abc import Iterable
from typing import Any

from django.core import signing

from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.subscribers import rules
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import Subscriber
from loa.subscribers.queries.lists import wishes_of
from loa.subscribers.rules import Wish

DAYS_TO_CONFIRM = 7


def token(subscriber: Subscriber, purpose: str) -> str:
    """A signed word for one purpose: `preferences`, or `leave` for leaving everything."""
    return _signed(subscriber.public_id, purpose)


def confirm_token(subscriber: Subscriber, wishes: Iterable[Wish]) -> str:
    """A signed word for these wishes and no other that somebody typed."""
    return _signed([subscriber.public_id, [[w.key, w.frequency, w.language] for w in wishes]], "confirm")


def leave_token(public_id: str, key: str) -> str:
    """A signed word that is good for leaving one list, or all, and for nothing else, for as long as the key stands."""
    return _signed([public_id, key], "leave")


def preferences_token(public_id: str) -> str:
    """The same for a page of everything a reader gets, by the id of their address."""
    return _signed(public_id, "preferences")


def _signed(value: Any, purpose: str) -> str:
    return signing.dumps(value, salt=f"loa.subscribers.{purpose}")


def _said(value: str, purpose: str, age: int | None = None) -> Any:
    try:
        return signing.loads(value, salt=f"loa.subscribers.{purpose}", max_age=age)
    except signing.BadSignature as error:
        raise TokenInvalid from error


def by_token(portal: Portal, value: str, purpose: str) -> Subscriber:
    """The subscriber a link stands for. Raises TokenInvalid."""
    return _by_public_id(portal, str(_said(value, purpose)))


def by_confirm_token(portal: Portal, value: str) -> tuple[Subscriber, list[Wish]]:
    """Who asked, and for what. Raises TokenInvalid, also when the link is too old."""
    said = _said(value, "confirm", DAYS_TO_CONFIRM * 86400)
    if isinstance(said, str):  # of a mail from before each wish had a row of its own
        subscriber = _by_public_id(portal, said)
        return subscriber, [Wish(rules.GENERAL, rules.frequency_of(""), subscriber.language)]
    return _by_public_id(portal, said[0]), [Wish(*one) for one in said[1]]


def by_follow_token(portal: Portal, value: str) -> tuple[Subscriber, list[Wish]]:
    """The same for the link to follow an organization in a mail from before. Raises TokenInvalid."""
    public_id, _sign, key = str(_said(value, "follow", DAYS_TO_CONFIRM * 86400)).partition(":")
    if not Organization.objects.filter(portal=portal, pk=key).exists():
        raise TokenInvalid
    subscriber = _by_public_id(portal, public_id)
    return subscriber, [Wish(f"{rules.ORGANIZATION}:{key}", rules.frequency_of(""), subscriber.language)]


def by_leave_token(portal: Portal, value: str) -> tuple[Subscriber | None, str]:
    """Who leaves, and which list by its key (empty: all). None: nothing is known of them any more.

    Raises TokenInvalid for what was never a link of ours.
    """
    said = _said(value, "leave")
    public_id, key = (said, "") if isinstance(said, str) else said
    return _found(portal, public_id), key


def undo_token(subscriber: Subscriber) -> str:
    """All of a subscriber's choices as they stand, for putting them back within the hour."""
    wishes = [[w.key, w.frequency, w.language] for w in wishes_of(subscriber)]
    return _signed([subscriber.public_id, subscriber.language, wishes], "undo")


def by_undo_token(portal: Portal, value: str) -> tuple[Subscriber, str, list[Wish]]:
    """Whose choices, the language, and the wishes. Raises TokenInvalid, also after an hour."""
    public_id, language, wishes = _said(value, "undo", 3600)
    return _by_public_id(portal, public_id), language, [Wish(*one) for one in wishes]


def _by_public_id(portal: Portal, public_id: str) -> Subscriber:
    found = _found(portal, public_id)
    if found is None:
        raise TokenInvalid
    return found


def _found(portal: Portal, public_id: str) -> Subscriber | None:
    return Subscriber.objects.select_related("portal").filter(public_id=public_id, portal=portal).first()


def link(subscriber: Subscriber, purpose: str) -> str:
    """The address of the page for `preferences`, or for leaving everything (`leave`), in the subscriber's language."""
    return subscriber.portal.link(f"/newsletter/{purpose}/{token(subscriber, purpose)}", subscriber.language)


def confirm_link(subscriber: Subscriber, wishes: Iterable[Wish]) -> str:
    """The address of the page with the button that confirms these wishes."""
    said = confirm_token(subscriber, wishes)
    return subscriber.portal.link(f"/newsletter/confirm/{said}", subscriber.language)


def leave_link(subscriber: Subscriber, key: str, language: str = "") -> str:
    """The address of the page to leave one list; a mail program's POST there leaves it at once (RFC 8058)."""
    said = leave_token(subscriber.public_id, key)
    return subscriber.portal.link(f"/newsletter/leave/{said}", language or subscriber.language)
