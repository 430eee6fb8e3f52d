"""Reads of portals."""

from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from loa.portals.models import AboutBlock, Portal, PortalHost, StaticPage
from loa.portals.rules import ORIGIN


def by_host(host: str) -> Portal | None:
    """The portal of a host name without its port, and its sisters; `*` stands for hosts nobody claims.

    One read: every page begins with it and ends with the row of sisters.
    """
    asked = Q(host__in=[host.lower(), "*"])
    rows = PortalHost.objects.select_related("portal").filter(asked | Q(portal__is_listed=True)).order_by("portal")
    found = {row.host: row.portal for row in rows}
    portal = found.get(host.lower()) or found.get("*")
    if portal is not None:
        listed = {row.portal_id: row.portal for row in rows if row.portal.is_listed}
        portal.sisters = tuple(one for pk, one in listed.items() if pk != portal.pk)
    return portal


def leads_to(portal: Portal, origin: str) -> bool:
    """Whether this is written as scheme://host[:port], and that host is the portal's."""
    return ORIGIN.match(origin) is not None and by_host(urlsplit(origin).hostname or "") == portal


def page(portal: Portal, slug: str, language: str) -> StaticPage | None:
    """A static page in a language, else in English, else in the portal's own."""
    rows = {row.language: row for row in StaticPage.objects.filter(portal=portal, slug=slug)}
    return rows.get(language) or rows.get("en" if language != portal.language else "") or rows.get(portal.language)


def pages(portal: Portal) -> QuerySet[StaticPage]:
    """Every static page in every language it is written in."""
    return StaticPage.objects.filter(portal=portal).order_by("slug", "language")


def about(portal: Portal, language: str) -> AboutBlock | None:
    """The about block in a language, else in English, else in the portal's own."""
    rows = {row.language: row for row in AboutBlock.objects.filter(portal=portal)}
    return rows.get(language) or rows.get("en" if language != portal.language else "") or rows.get(portal.language)
