"""The sitemaps: every public address with its languages and pictures, and what is news."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Version
from loa.feeds.queries import sitemaps
from loa.feeds.queries.sitemaps import Page, Told
from loa.feeds.views.answers import answer
from loa.feeds.views.xml import add, bare, filled, written
from loa.lib import clock
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.portals.queries import kept_a_minute

SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE: Final = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
MOST_IN_ONE: Final = 10_000  # addresses; with more there is an index of months
PART: Final = 5_000  # pages in a part, each in all its languages; the world reads 50,000 addresses
MOST_PARTS: Final = 10_000
MOST_PICTURES: Final = 1_000
NEWS_FOR: Final = timedelta(days=2)
MOST_NEWS: Final = 1_000
_NEWS_LANGUAGES: Final = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}  # else ISO 639, as Google reads it
TAGS: Final = ["front", "frame"]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address: lists and pages first, then releases, newest first; or an index of parts."""
    portal = portal_of(request)
    rows = archive.public(portal.pk)
    if (entries := rows[: MOST_IN_ONE + 1].count()) > MOST_IN_ONE:
        return _index(request, portal)
    lists = sitemaps.lists(portal)
    if _addresses(lists) + entries > MOST_IN_ONE:
        return _index(request, portal)
    return _pages(request, portal, [*lists, *sitemaps.releases(rows)])


def _addresses(pages: list[Page]) -> int:
    return sum(len(page.paths) for page in pages)


def _index(request: HttpRequest, portal: Portal) -> HttpResponse:
    outline, _at = kept_a_minute(sitemaps.OUTLINE_KEY, portal, lambda: sitemaps.outline(portal))
    root = ET.Element("sitemapindex", xmlns=SITEMAP)
    for part in range(1, _parts(outline.lists) + 1):
        add(add(root, "sitemap"), "loc", f"{portal.address}/sitemap-lists-{part}.xml")
    for month in outline.months:
        for part in range(1, _parts(month.entries) + 1):
            made = add(root, "sitemap")
            add(made, "loc", f"{portal.address}/sitemap-{month.year:04d}-{month.month:02d}-{part}.xml")
            add(made, "lastmod", _moment(month.changed_at))
    return answer(request, written(root), "application/xml", TAGS)


def _parts(pages: int) -> int:
    return -(-pages // PART)


def _slice(part: int) -> slice:
    """What stands in a part, counted from 1."""
    if not 1 <= part <= MOST_PARTS:
        raise Http404
    return slice(PART * (part - 1), PART * part)


@require_safe
def of_lists(request: HttpRequest, part: int) -> HttpResponse:
    """A part of the lists and pages."""
    portal = portal_of(request)
    return _pages(request, portal, sitemaps.lists(portal)[_slice(part)])


@require_safe
def of_month(request: HttpRequest, year: int, month: int, part: int) -> HttpResponse:
    """A part of a month's releases, oldest first, so that what stands in a part stays there."""
    portal = portal_of(request)
    try:
        start, end = sitemaps.Month(year=year, month=month, entries=0, changed_at=clock.now()).bounds
    except ValueError as error:
        raise Http404 from error
    rows = archive.public(portal.pk).filter(published_at__gte=start, published_at__lt=end)
    ordered = rows.order_by("published_at", "id")
    return _pages(request, portal, sitemaps.releases(ordered[_slice(part)]))


def _pages(request: HttpRequest, portal: Portal, pages: list[Page]) -> HttpResponse:
    """A urlset; one without an address is none."""
    if not pages:
        raise Http404
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGE, "xmlns:xhtml": XHTML})
    for page in pages:
        for language, path in page.paths.items():
            url = add(root, "url")
            add(url, "loc", portal.address + path)
            if page.changed_at is not None:
                add(url, "lastmod", _moment(page.changed_at))
            _add_languages(url, portal, page.paths)
            if version := page.texts.get(language):
                _add_pictures(url, portal, version)
    return answer(request, written(root), "application/xml", TAGS)


def _add_languages(url: ET.Element, portal: Portal, paths: dict[str, str]) -> None:
    if len(paths) < 2:
        return
    default = next(iter(paths.values()))
    for language, path in [*paths.items(), ("x-default", default)]:
        add(url, "xhtml:link", rel="alternate", hreflang=language, href=portal.address + path)


def _add_pictures(url: ET.Element, portal: Portal, version: Version) -> None:
    # Their address only: captions and licences stand in the page's own data, where search engines read them now.
    for picture in version.pictures[:MOST_PICTURES]:
        add(add(url, "image:image"), "image:loc", portal.address + picture["url"])


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """What was published in the last two days, as news search engines read it; what the staff tell is no news."""
    portal = portal_of(request)
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    root.text = "\n"  # else one that holds nothing has no end to put anything before
    of = (portal.address, portal.name, portal.language, portal.time_zone)
    urls = (_news(told, *of) for told in sitemaps.news(portal, clock.now() - NEWS_FOR, MOST_NEWS))
    return answer(request, filled(root, urls, "</urlset>"), "application/xml", ["front"])


@lru_cache(maxsize=2 * MOST_NEWS)
def _news(told: Told, address: str, name: str, language: str, time_zone: str) -> bytes:
    """The address of a text; kept, since each publication makes the list of a thousand anew."""
    url = ET.Element("url")
    add(url, "loc", address + archive.path_of(told.public_id, told.slug, told.language, language))
    news = add(url, "news:news")
    publication = add(news, "news:publication")
    add(publication, "news:name", name)
    add(publication, "news:language", _NEWS_LANGUAGES.get(told.language) or told.language.partition("-")[0])
    day = told.published_at.astimezone(ZoneInfo(time_zone)).date()
    add(news, "news:publication_date", day.isoformat() if told.is_day_only else _moment(told.published_at))
    add(news, "news:title", told.headline)
    return bare(url)
