"""The sitemaps: every public address, and what is news."""

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.feeds.views.answers import address_of, answer, portal_of
from loa.lib import clock
from loa.organizations import queries as organizations
from loa.portals import queries as portals
from loa.portals.models import Portal, StaticPage
from loa.topics import queries as topics

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_ADDRESSES, _MOST_NEWSROOMS = 50_000, 20_000
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address (sitemaps.org, at most 50,000): lists and pages first, then releases, newest first."""
    portal = portal_of(request)
    root = ET.Element("urlset", xmlns=_SITEMAP)
    listed = _lists(portal)
    rows = archive.public(portal.pk).defer("current__body_html", "current__body_text")[: _MOST_ADDRESSES - len(listed)]
    released = ((archive.address(entry), archive.modified_at(entry)) for entry in rows)
    for path, modified_at in [*listed, *released]:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = portal.address + path
        if modified_at is not None:
            ET.SubElement(url, "lastmod").text = modified_at.isoformat(timespec="seconds")
    tags = ["front", "frame"]
    return answer(request, ET.tostring(root, "utf-8", xml_declaration=True), "application/xml", tags)


def _lists(portal: Portal) -> list[tuple[str, datetime | None]]:
    """Paths of lists and static pages, each with its last change where that is one moment."""
    paths = ["/", "/latest", "/o/"]
    paths += [f"/s/{one.slug}" for one in topics.sections(portal)]
    paths += [f"/o/{one.slug}" for one in organizations.public(portal.pk).order_by("pk")[:_MOST_NEWSROOMS]]
    pages = [(_page_path(portal, page), page.edited_at) for page in portals.pages(portal)]
    return [*((path, None) for path in paths), *pages]


def _page_path(portal: Portal, page: StaticPage) -> str:
    prefix = "" if page.language == portal.language else f"/{page.language}"
    return f"{prefix}/{page.slug}"


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """What was published in the last two days, as news search engines read it."""
    portal = portal_of(request)
    root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:news": _NEWS})
    since = clock.now() - timedelta(days=2)
    for entry in archive.public(portal.pk).filter(published_at__gte=since)[:1000]:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = address_of(entry)
        news = ET.SubElement(url, "news:news")
        publication = ET.SubElement(news, "news:publication")
        ET.SubElement(publication, "news:name").text = portal.name
        ET.SubElement(publication, "news:language").text = entry.current.language if entry.current else ""
        ET.SubElement(news, "news:publication_date").text = entry.published_at.isoformat(timespec="seconds")
        ET.SubElement(news, "news:title").text = entry.current.headline if entry.current else ""
    return answer(request, ET.tostring(root, "utf-8", xml_declaration=True), "application/xml", ["front"])
