"""Searches that are followed: what each asks, and how it is called."""

import re
from collections.abc import Iterable, Iterator

from django.core import signing
from django.utils.translation import gettext as _

from loa.archive.rules import kind_name
from loa.lib import languages
from loa.organizations import queries as organizations
from loa.places.models import Place
from loa.portals.models import Portal
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import FollowedSearch, Subscriber, Subscription
from loa.subscribers.rules import SEARCH, target_of
from loa.subscribers.rules.searches import asked_in
from loa.topics import queries as topics
from loa.ui.language import speaking

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')  # stands within quotation marks itself
_SALT = "loa.subscribers.search"


def search_token(address: str) -> str:
    """A signed word for a search that somebody has looked at and found fit to be followed."""
    return signing.dumps(address, salt=_SALT)


def by_search_token(value: str) -> str:
    """The address of the search. Raises TokenInvalid."""
    try:
        return str(signing.loads(value, salt=_SALT))
    except signing.BadSignature as error:
        raise TokenInvalid from error


def searches(portal_id: int, keys: Iterable[str]) -> dict[str, str]:
    """The addresses of searches by the keys of their wishes."""
    digests = [target_of(key) for key in keys if key.startswith(f"{SEARCH}:")]
    rows = FollowedSearch.objects.filter(portal=portal_id, digest__in=digests) if digests else ()
    return {f"{SEARCH}:{row.digest}": row.address for row in rows}


def searches_at(portal_id: int, frequency: str) -> dict[str, str]:
    """The addresses of all searches that are followed at a frequency, each once, by the keys of their wishes."""
    rows = Subscription.objects.filter(subscriber__portal=portal_id, frequency=frequency)
    return searches(portal_id, set(rows.filter(key__startswith=f"{SEARCH}:").values_list("key", flat=True)))


def count_searches(subscriber: Subscriber) -> int:
    """How many searches a reader follows."""
    return Subscription.objects.filter(subscriber=subscriber, key__startswith=f"{SEARCH}:").count()


def search_name(portal: Portal, address: str, language: str) -> str:
    """A search in words: tìm kiếm “lúa gạo” (Sao Mai, 2025)."""
    with speaking(language):
        asked = asked_in(address)
        narrowed = ", ".join(_narrowed(portal, asked, language))
        words = _("tìm kiếm “%(words)s”") % {"words": _QUOTED.sub(r"‘\1’", asked["q"])}
        return f"{words} ({narrowed})" if narrowed else words


def _narrowed(portal: Portal, asked: dict[str, str], language: str) -> Iterator[str]:
    """What was chosen beside the words, by name; what is no more, as it stood in the address."""
    if slug := asked["section"]:
        section = topics.section(portal, slug)
        yield section.name(language) if section else slug
    if kind := asked["kind"]:
        yield kind_name(kind).lower()
    if qcode := asked["topic"]:
        yield next((topics.heading(one, language) for one in topics.by_qcode([qcode])), qcode)
    if slug := asked["organization"]:
        sender = organizations.by_slug(portal.pk, slug)
        yield sender.label(language) if sender else slug
    if (number := asked["place"]).isdecimal() and len(number) < 10:
        place = Place.objects.filter(pk=number).first()
        yield place.label(language) if place else number
    if code := asked["language"]:
        found = languages.find(code)
        yield code if found is None else found.vi if language == "vi" else found.en
    if year := asked["year"]:
        yield year
