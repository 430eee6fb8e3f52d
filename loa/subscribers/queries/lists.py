"""The lists a reader may wish for, by name, and what each reader wishes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext as _

from loa.lib.slugs import slugify
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.subscribers import rules
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import Consent, State, Subscriber, Subscription
from loa.subscribers.queries.searches import by_search_token, search_name, searches
from loa.subscribers.rules import Wish
from loa.subscribers.rules.searches import key_of
from loa.topics import queries as topics
from loa.topics.models import Section, Topic
from loa.ui.language import speaking

# What an address may ask to follow.
FOUND_BY = (rules.ORGANIZATION, rules.SECTION, rules.TOPIC, rules.PLACE, rules.SEARCH)


class Known(Protocol):
    """A reader by the random id of their address."""

    @property
    def public_id(self) -> str:
        """The id."""
        ...


def wishes_of(subscriber: Subscriber) -> list[Wish]:
    """What a subscriber asked for and confirmed, in the order of the pages."""
    rows = {row.key: Wish.of(row) for row in Subscription.objects.filter(subscriber=subscriber).order_by("pk")}
    return [rows[key] for key in rules.in_order(rows)]


@dataclass(frozen=True)
class Named:
    """A list by its name, and the page of the portal that shows the same."""

    key: str
    name: str
    path: str


def named(portal: Portal, keys: Collection[str], language: str) -> dict[str, Named]:
    """The lists of these keys that there are, with their names in a language; at most one read a kind."""
    found: dict[str, Named] = {}
    with speaking(language):
        if rules.GENERAL in keys:
            name = _("mọi tin trên %(name)s") % {"name": portal.name}
            found[rules.GENERAL] = Named(rules.GENERAL, name, "/latest")
        if rules.PRESS in keys:
            found[rules.PRESS] = Named(rules.PRESS, _("danh sách báo chí của %(name)s") % {"name": portal.name}, "/")
    targets: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        targets[rules.kind_of(key)].append(rules.target_of(key))
    for one in _rows(portal, targets, language):
        found[one.key] = one
    for key, address in searches(portal.pk, keys).items():
        found[key] = _named_search(portal, address, language)
    return {key: found[key] for key in keys if key in found}


def _rows(portal: Portal, targets: dict[str, list[str]], language: str) -> Iterable[Named]:
    if wanted := targets[rules.SECTION]:
        for section in Section.objects.filter(portal=portal, pk__in=wanted):
            yield Named(f"section:{section.pk}", section.name(language), f"/s/{section.slug}")
    if wanted := targets[rules.TOPIC]:
        for topic in Topic.objects.filter(pk__in=wanted):
            yield Named(
                f"topic:{topic.pk}",
                topics.heading(topic, language),
                f"/t/{topic.pk}/{slugify(topic.label(portal.language))}",
            )
    if wanted := targets[rules.ORGANIZATION]:
        for sender in Organization.objects.filter(portal=portal, pk__in=wanted).exclude(approved_at=None):
            yield Named(f"organization:{sender.pk}", sender.label(language), f"/o/{sender.slug}")
    if wanted := targets[rules.PLACE]:
        for place in Place.objects.filter(pk__in=wanted):
            yield Named(f"place:{place.pk}", place.label(language), f"/p/{place.pk}/{place.slug}")


def _named_search(portal: Portal, address: str, language: str) -> Named:
    return Named(key_of(address), search_name(portal, address, language), f"/search?{address}")


def one_named(portal: Portal, kind: str, value: str, language: str) -> Named | None:
    """What a page's own button asks to follow: an organization or section by its slug, else by the id of its page.

    A search comes as a signed word (`search_token`).
    """
    if kind == rules.SEARCH:
        try:
            return _named_search(portal, by_search_token(value), language)
        except TokenInvalid:
            return None
    target = value
    if kind == rules.ORGANIZATION:
        found = organizations.by_slug(portal.pk, value)
        target = str(found.pk) if found else ""
    elif kind == rules.SECTION:
        section = topics.section(portal, value)
        target = str(section.pk) if section else ""
    elif kind == rules.PLACE and not (value.isascii() and value.isdecimal() and len(value) < 10):
        return None
    return next(iter(named(portal, [f"{kind}:{target}"], language).values()), None) if target else None


def about(reader: Known, key: str) -> str:
    """What a mail names, or is cancelled by, that leaves because of one wish: leaving the list calls it back."""
    return f"subscriber:{reader.public_id}:{key}"


def all_about(subscriber: Subscriber) -> list[str]:
    """Everything a mail to this subscriber may be cancelled by, of lists left before too."""
    keys = Subscription.objects.filter(subscriber=subscriber).values_list("key", flat=True)
    before = Consent.objects.filter(subscriber=subscriber).exclude(key="").values_list("key", flat=True)
    return [f"subscriber:{subscriber.public_id}", *(about(subscriber, key) for key in {*keys, *before})]


def awake(now: datetime) -> Q:
    """Of subscriptions: those whose reader is confirmed and not resting."""
    is_awake = Q(subscriber__paused_until=None) | Q(subscriber__paused_until__lte=now)
    return Q(subscriber__state=State.CONFIRMED) & is_awake
