"""Reads of portals."""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db.models import Q, QuerySet

from loa.lib import clock, languages, prepared
from loa.lib.html import to_text
from loa.portals.models import AboutBlock, Portal, PortalHost, StaticPage, Takes
from loa.portals.rules import filled, host_name, is_origin, names_place


def by_host(host: str) -> Portal | None:
    """The portal of a host name without its port, and its sisters; `*` stands for hosts nobody claims.

    One read: every page begins with it and ends with the row of sisters.
    """
    rows = prepared.rows(_hosts, host=host.lower())
    found = {row.host: row.portal for row in rows}
    portal = found.get(host.lower()) or found.get("*")
    if portal is not None:
        listed = {row.portal_id: row.portal for row in rows if row.portal.is_listed}
        portal.sisters = tuple(one for pk, one in listed.items() if pk != portal.pk)
    return portal


def _hosts(*, host: str) -> QuerySet[PortalHost]:
    asked = Q(host__in=[host, "*"])
    return PortalHost.objects.select_related("portal").filter(asked | Q(portal__is_listed=True)).order_by("portal")


def leads_to(portal: Portal, origin: str) -> bool:
    """Whether this is written as scheme://host[:port], and that host is the portal's."""
    return is_origin(origin) and by_host(urlsplit(origin).hostname or "") == portal


def page(portal: Portal, slug: str, language: str) -> StaticPage | None:
    """A static page in a language, else in English, else in the portal's own; what it leaves open is filled in."""
    found = _best(prepared.rows(_pages, portal_id=portal.pk, slug=slug), portal, language)
    if found is not None:
        found.title, found.body_html = said(found.title, portal, found.language), marked(found.body_html, portal, found)
    return found


def pages(portal: Portal) -> QuerySet[StaticPage]:
    """Every static page in every language it is written in."""
    return StaticPage.objects.filter(portal=portal).order_by("slug", "language")


def about(portal: Portal, language: str) -> AboutBlock | None:
    """The about block in a language, else in English, else in the portal's own; what it leaves open is filled in."""
    found = _best(prepared.rows(_abouts, portal_id=portal.pk), portal, language)
    if found is not None:
        found.title, found.body_html = said(found.title, portal, found.language), marked(found.body_html, portal, found)
        found.office = said(found.office, portal, found.language)
    return found


Kept = TypeVar("Kept")
Written = TypeVar("Written", StaticPage, AboutBlock)


def _pages(*, portal_id: int, slug: str) -> QuerySet[StaticPage]:
    return StaticPage.objects.filter(portal=portal_id, slug=slug)


def _abouts(*, portal_id: int) -> QuerySet[AboutBlock]:
    return AboutBlock.objects.filter(portal=portal_id)


def _best(rows: Iterable[Written], portal: Portal, language: str) -> Written | None:
    there = {row.language: row for row in rows}
    return there.get(language) or there.get("en" if language != portal.language else "") or there.get(portal.language)


def said(text: str, portal: Portal, language: str) -> str:
    """A plain text of the portal with its name, place and own language put in, in the words of a language."""
    return filled(text, _words(portal, language))


def marked(markup: str, portal: Portal, written: StaticPage | AboutBlock) -> str:
    """The same for markup."""
    return filled(markup, {name: escape(word) for name, word in _words(portal, written.language).items()})


def _words(portal: Portal, language: str) -> dict[str, str]:
    place = portal.in_words(portal.place, language)
    return {"portal": portal.name, "place": place, "language": languages.name(portal.language, language)}


def unsendable() -> list[PortalHost]:
    """Hosts that no browser asks for as they are written (capitals, a port, an address), by name."""
    return [
        row for row in PortalHost.objects.select_related("portal").order_by("host") if host_name(row.host) != row.host
    ]


def misled() -> list[tuple[Portal, Portal | None]]:
    """Portals whose own links lead elsewhere: the portal, and the one that answers there, if any does."""
    led = [(one, by_host(urlsplit(one.address).hostname or "")) for one in Portal.objects.order_by("slug")]
    return [(portal, there) for portal, there in led if there != portal]


def strays() -> list[tuple[Portal, str, str]]:
    """Texts that name another portal's place: the portal, which text it is, and the place named.

    A place that is the portal's own too, in any language, is nobody else's.
    """
    everyone = list(Portal.objects.order_by("slug"))
    found = []
    for portal in everyone:
        own = {place.casefold() for place in portal.place.values()}
        others = {place for one in everyone for place in one.place.values() if place.casefold() not in own}
        texts = _texts(portal)
        found += [(portal, name, place) for name, text in texts for place in sorted(others) if names_place(text, place)]
    return found


def _texts(portal: Portal) -> list[tuple[str, str]]:
    """Every text its operator wrote, by the name it has at the desk."""
    rows = [(f"tagline ({language})", text) for language, text in portal.tagline.items()]
    rows += [(f"licence ({language})", text) for language, text in portal.licence.items()]
    for about in AboutBlock.objects.filter(portal=portal).order_by("language"):
        rows.append((f"about block ({about.language})", f"{about.title} {to_text(about.body_html)} {about.office}"))
    rows += [(f"/{one.slug} ({one.language})", f"{one.title} {to_text(one.body_html)}") for one in pages(portal)]
    return rows


def every() -> QuerySet[Portal]:
    """Every portal of this installation, by name."""
    return Portal.objects.order_by("name", "pk")


def taking(portal: Portal) -> QuerySet[Portal]:
    """Its sisters that list releases of others."""
    return every().exclude(pk=portal.pk).exclude(takes=Takes.NOTHING)


def kept_a_minute(key: str, portal: Portal, read: Callable[[], Kept]) -> tuple[Kept, datetime]:
    """What a slow read found at most a minute ago, and when: a figure that moves says so.

    The worker counts ahead (`keep_figures`); only where it does not, the first reader of a minute waits.
    """
    found: tuple[Kept, datetime] | None = counted_ahead(key, portal)
    return found if found is not None else keep_a_minute(key, portal, read(), clock.now())


def counted_ahead(key: str, portal: Portal) -> Any:
    """The same where somebody read it within the minute, else None."""
    return cache.get(f"{key}:{portal.pk}")


def keep_a_minute(key: str, portal: Portal, value: Kept, at: datetime) -> tuple[Kept, datetime]:
    """Keep what was found for the processes of this machine."""
    cache.set(f"{key}:{portal.pk}", (value, at), 60)
    return value, at
