"""Reads of subscribers, and the signed links that stand for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from loa.lib import clock
from loa.lib.slugs import slugify
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.subscribers import rules
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import (
    Advertised,
    BarredDomain,
    Bringing,
    Consent,
    Forgotten,
    Journalist,
    State,
    Subscriber,
    Subscription,
)
from loa.subscribers.rules import Wish
from loa.subscribers.rules.addresses import domain_of, with_parents
from loa.subscribers.rules.advertising import DAY, MOST_A_DAY
from loa.topics import queries as topics
from loa.topics.models import Section, Topic
from loa.ui.language import speaking

DAYS_TO_CONFIRM = 7
MOST_LISTS = 100  # on the operator's page


# Links. Each is signed for one purpose; the address itself is in none, and only the links to confirm grow old.


def token(subscriber: Subscriber, purpose: str) -> str:
    """A signed word for one purpose: `preferences`, or `leave` for leaving everything."""
    return _signed(subscriber.public_id, purpose)


def confirm_token(subscriber: Subscriber, wishes: Iterable[Wish]) -> str:
    """A signed word for these wishes and no other that somebody typed."""
    return _signed([subscriber.public_id, [[w.key, w.frequency, w.language] for w in wishes]], "confirm")


def leave_token(public_id: str, key: str) -> str:
    """A signed word that is good for leaving one list, or all, and for nothing else, for as long as the key stands."""
    return _signed([public_id, key], "leave")


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


# What readers wish for.


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
            name = (sender.name_en if language != "vi" else "") or sender.name
            yield Named(f"organization:{sender.pk}", name, f"/o/{sender.slug}")
    if wanted := targets[rules.PLACE]:
        for place in Place.objects.filter(pk__in=wanted):
            yield Named(f"place:{place.pk}", place.label(language), f"/p/{place.pk}/{place.slug}")


FOUND_BY = (rules.ORGANIZATION, rules.SECTION, rules.TOPIC, rules.PLACE)  # what an address may ask to follow


def one_named(portal: Portal, kind: str, value: str, language: str) -> Named | None:
    """What a page's own button asks to follow: an organization or section by its slug, else by the id of its page."""
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


def is_barred(email: str) -> bool:
    """Say whether an address is of a domain that is thrown away after use, by the operator's list."""
    return BarredDomain.objects.filter(domain__in=with_parents(domain_of(email))).exists()


def barred(emails: Iterable[str]) -> set[str]:
    """Those of many addresses that are of a domain that is thrown away after use."""
    domains = {email: with_parents(domain_of(email)) for email in emails}
    every = {name for names in domains.values() for name in names}
    found = set(BarredDomain.objects.filter(domain__in=every).values_list("domain", flat=True))
    return {email for email, names in domains.items() if found.intersection(names)}


def about(reader: "Subscriber | Recipient", key: str) -> str:
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


@dataclass(frozen=True, slots=True)
class Recipient:
    """One confirmed reader of a list, with the links a mail to them carries."""

    subscriber_id: int
    public_id: str
    email: str
    language: str
    key: str  # the list it comes by
    portal: Portal

    @property
    def leave_link(self) -> str:
        """For `List-Unsubscribe`: leaves this list by a POST (RFC 8058); the page also offers to leave all."""
        said = leave_token(self.public_id, self.key)
        return self.portal.link(f"/newsletter/leave/{said}", self.language)

    @property
    def preferences_link(self) -> str:
        """The page of everything this reader gets."""
        return self.portal.link(f"/newsletter/preferences/{_signed(self.public_id, 'preferences')}", self.language)


def recipients(
    portal: Portal,
    *,
    lists: Collection[str] = (rules.GENERAL,),
    languages: Collection[str] = (),
    after: int = 0,
    limit: int = 500,
) -> list[Recipient]:
    """The next readers of an issue, by subscriber id: confirmed, not resting, each address once; one read a page.

    `lists` are keys of wishes (`general`, `press`, `section:<id>`, …): an issue goes to all readers of the general
    list, however often they want digests; the press list is named apart. `languages` are those of the wish; none: all.
    `after` is the `subscriber_id` of the last one seen. An empty page is the end; a shorter one is not.
    """
    rows = Subscription.objects.filter(
        awake(clock.now()), key__in=lists, subscriber_id__gt=after, subscriber__portal=portal
    )
    if languages:
        rows = rows.filter(language__in=languages)
    fields = ("subscriber_id", "subscriber__public_id", "subscriber__email", "language", "key")
    found: dict[int, Recipient] = {}
    for pk, public_id, email, language, key in rows.order_by("subscriber_id", "key").values_list(*fields)[:limit]:
        found.setdefault(pk, Recipient(pk, public_id, email, language, key, portal))
    return list(found.values())


def count_recipients(
    portal: Portal, *, lists: Collection[str] = (rules.GENERAL,), languages: Collection[str] = ()
) -> int:
    """How many readers `recipients` would page through now."""
    rows = Subscription.objects.filter(awake(clock.now()), key__in=lists, subscriber__portal=portal)
    if languages:
        rows = rows.filter(language__in=languages)
    return rows.aggregate(n=Count("subscriber", distinct=True))["n"] or 0


def is_subscribed(subscriber_id: int, key: str) -> bool:
    """Say whether a reader may still be sent this list: ask it in the last moment before a mail leaves."""
    return Subscription.objects.filter(awake(clock.now()), subscriber_id=subscriber_id, key=key).exists()


def still_subscribed(subscriber_ids: Iterable[int], lists: Collection[str]) -> set[int]:
    """Those of the readers who may still be sent one of these lists."""
    rows = Subscription.objects.filter(awake(clock.now()), subscriber_id__in=list(subscriber_ids), key__in=lists)
    return set(rows.values_list("subscriber_id", flat=True))


# The operator's.


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
    return _found(portal, public_id)


def consents(subscriber: Subscriber) -> list[Consent]:
    """What a reader agreed to and took back, the newest first."""
    return list(Consent.objects.filter(subscriber=subscriber).select_related("proof").order_by("-pk"))


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


def barred_domains() -> list[str]:
    """Mail domains that are thrown away after use."""
    return list(BarredDomain.objects.order_by("domain").values_list("domain", flat=True))


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
        "consents": list(
            Consent.objects.filter(subscriber=subscriber)
            .order_by("pk")
            .values("at", "method", "key", "frequency", "text", "text_version")
        ),
    }


def is_forgotten(portal_id: int, email: str) -> bool:
    """Say whether an address was erased and its owner has not signed up since."""
    return Forgotten.objects.filter(portal=portal_id, digest=digest_of(email)).exists()


def forgotten(portal_id: int, emails: Iterable[str]) -> set[str]:
    """Those of many addresses that were erased."""
    by_digest = {digest_of(email): email for email in emails}
    rows = Forgotten.objects.filter(portal=portal_id, digest__in=by_digest)
    return {by_digest[digest] for digest in rows.values_list("digest", flat=True)}


# Advertising.


def digest_of(email: str) -> str:
    """A keyed hash that stands for an address where the address itself must not be kept."""
    return salted_hmac("loa.subscribers.address", email.strip().lower(), algorithm="sha256").hexdigest()


def may_receive(emails: Iterable[str], now: datetime, *, mailing: str = "") -> set[str]:
    """Those of the addresses that had fewer than three advertising mails in the 24 hours before; one read.

    What was counted for this very mailing already does not keep anybody from it.
    """
    by_digest = {digest_of(email): email for email in emails}
    rows = Advertised.objects.filter(digest__in=by_digest, at__gt=now - DAY).exclude(mailing=mailing).values("digest")
    full = rows.annotate(n=Count("pk")).filter(n__gte=MOST_A_DAY).values_list("digest", flat=True)
    return {by_digest[digest] for digest in by_digest.keys() - set(full)}
