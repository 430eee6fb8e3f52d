"""Feeds of every list in three formats, and the sitemaps; the GUID is the permanent address."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast
from xml.etree import ElementTree as ET

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import clock
from loa.lib.tokens import digest
from loa.lib.vietnamese import kept
from loa.organizations import queries as organizations
from loa.portals import queries as portals
from loa.portals.models import Portal, StaticPage
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.topics import queries as topics

RSS, ATOM, JSON = "rss", "atom", "json"
LONGEST = 50
_TYPES = {RSS: "application/rss+xml", ATOM: "application/atom+xml", JSON: "application/feed+json"}
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_ADDRESSES, _MOST_NEWSROOMS = 50_000, 20_000
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def _portal(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]


def _answer(request: HttpRequest, content: str | bytes, content_type: str, tags: Iterable[str]) -> HttpResponse:
    response = HttpResponse(content, f"{content_type}; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    response["Cache-Tag"] = ",".join(sorted(tags))
    response["ETag"] = etag = quote_etag(digest(response.content)[:32])
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def home(request: HttpRequest, form: str) -> HttpResponse:
    """Everything."""
    portal = _portal(request)
    return _feed(request, form, archive.public(portal.pk), portal.name, "/", ["front"])


@require_safe
def section(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """A section."""
    portal = _portal(request)
    found = topics.section(portal, slug)
    if found is None:
        raise Http404
    name = found.name(getattr(request, "language", portal.language))
    rows = archive.public(portal.pk).filter(section=found)
    return _feed(request, form, rows, f"{portal.name} · {name}", f"/s/{slug}", [f"section:{found.pk}"])


@require_safe
def newsroom(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """An organization."""
    portal = _portal(request)
    found = organizations.by_slug(portal.pk, slug)
    if found is None:
        raise Http404
    rows = archive.public(portal.pk).filter(organization=found)
    return _feed(request, form, rows, f"{portal.name} · {found.name}", f"/o/{slug}", [f"org:{found.pk}"])


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """What a search finds with the same filters as its page, newest first."""
    portal, words = _portal(request), kept(request.GET.get("q", ""))
    section_slug, sender = request.GET.get("section", ""), request.GET.get("organization", "")
    year = int(text) if len(text := request.GET.get("year", "")) == 4 and text.isdecimal() else None
    try:
        found = finding.search(
            portal.pk, words, section=section_slug, organization=sender, year=year, sort="date", size=LONGEST
        )
    except IndexUnavailable:
        return HttpResponse("Kho tìm kiếm đang được dựng lại.\n", "text/plain; charset=utf-8", 503)
    rows = archive.public(portal.pk).filter(public_id__in=found.ids)
    return _feed(request, form, rows, f"{portal.name} · {words}", "/search", ["search"])


def _feed(
    request: HttpRequest, form: str, rows: QuerySet[Entry], title: str, path: str, tags: list[str]
) -> HttpResponse:
    entries = list(rows[:LONGEST])
    portal = _portal(request)
    here = portal.address + request.get_full_path()
    if form == JSON:
        content = json.dumps(_json(entries, title, portal.address + path, here), ensure_ascii=False)
        return _answer(request, content, _TYPES[form], tags)
    make = Atom1Feed if form == ATOM else Rss201rev2Feed
    described = portal.tagline.get(portal.language) or title
    feed = make(title, portal.address + path, described, language=portal.language, feed_url=here)
    for entry in entries:
        feed.add_item(**_item(entry))
    return _answer(request, feed.writeString("utf-8"), _TYPES[form], tags)


def genre(entry: Entry) -> str:
    """What every item says it is (IPTC genre)."""
    return "News" if entry.kind == "sourced" else "Press Release"


def _address(entry: Entry) -> str:
    return entry.portal.address + archive.address(entry)


def _item(entry: Entry) -> dict[str, Any]:
    version = entry.current
    assert version is not None  # noqa: S101 (public entries have a text; said for the type checker)
    # The GUID leaves the slug out: a corrected headline is the same item.
    return {
        "title": version.headline,
        "link": _address(entry),
        "description": version.lead or version.subtitle,
        "author_name": entry.organization.name,
        "pubdate": entry.published_at,
        "updateddate": archive.modified_at(entry),
        "unique_id": f"{entry.portal.address}/r/{entry.public_id}",
        "unique_id_is_permalink": True,
        "categories": [genre(entry), entry.section.name(version.language)],
        "enclosures": [
            Enclosure(entry.portal.address + picture["url"], str(picture.get("bytes", 0)), "image/webp")
            for picture in version.pictures[:1]
        ],
    }


def _json(entries: list[Entry], title: str, home_page: str, here: str) -> dict[str, Any]:
    items = []
    for entry in entries:
        one = _item(entry)
        items.append(
            {
                "id": one["unique_id"],
                "url": one["link"],
                "title": one["title"],
                "summary": one["description"],
                "content_html": entry.current.body_html if entry.current else "",
                "date_published": entry.published_at.isoformat(),
                "date_modified": archive.modified_at(entry).isoformat(),
                "authors": [{"name": one["author_name"]}],
                "tags": one["categories"],
                "language": entry.current.language if entry.current else "",
            }
        )
    version = "https://jsonfeed.org/version/1.1"
    return {"version": version, "title": title, "home_page_url": home_page, "feed_url": here, "items": items}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address (sitemaps.org, at most 50,000): lists and pages first, then releases, newest first."""
    portal = _portal(request)
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
    return _answer(request, ET.tostring(root, "utf-8", xml_declaration=True), "application/xml", tags)


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
    portal = _portal(request)
    root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:news": _NEWS})
    since = clock.now() - timedelta(days=2)
    for entry in archive.public(portal.pk).filter(published_at__gte=since)[:1000]:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = _address(entry)
        news = ET.SubElement(url, "news:news")
        publication = ET.SubElement(news, "news:publication")
        ET.SubElement(publication, "news:name").text = portal.name
        ET.SubElement(publication, "news:language").text = entry.current.language if entry.current else ""
        ET.SubElement(news, "news:publication_date").text = entry.published_at.isoformat(timespec="seconds")
        ET.SubElement(news, "news:title").text = entry.current.headline if entry.current else ""
    return _answer(request, ET.tostring(root, "utf-8", xml_declaration=True), "application/xml", ["front"])
