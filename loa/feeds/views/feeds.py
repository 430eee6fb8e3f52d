"""RSS, Atom and JSON Feed of every list; the GUID is the permanent address."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.feeds.views.answers import address_of, answer, portal_of
from loa.lib.vietnamese import kept
from loa.organizations import queries as organizations
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.topics import queries as topics

RSS, ATOM, JSON = "rss", "atom", "json"
LONGEST = 50
_TYPES = {RSS: "application/rss+xml", ATOM: "application/atom+xml", JSON: "application/feed+json"}


@require_safe
def home(request: HttpRequest, form: str) -> HttpResponse:
    """Everything."""
    portal = portal_of(request)
    return _feed(request, form, archive.public(portal.pk), portal.name, "/", ["front"])


@require_safe
def section(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """A section."""
    portal = portal_of(request)
    found = topics.section(portal, slug)
    if found is None:
        raise Http404
    name = found.name(getattr(request, "language", portal.language))
    rows = archive.public(portal.pk).filter(section=found)
    return _feed(request, form, rows, f"{portal.name} · {name}", f"/s/{slug}", [f"section:{found.pk}"])


@require_safe
def newsroom(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """An organization."""
    portal = portal_of(request)
    found = organizations.by_slug(portal.pk, slug)
    if found is None:
        raise Http404
    rows = archive.public(portal.pk).filter(organization=found)
    return _feed(request, form, rows, f"{portal.name} · {found.name}", f"/o/{slug}", [f"org:{found.pk}"])


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """What a search finds with the same filters as its page, newest first."""
    portal, words = portal_of(request), kept(request.GET.get("q", ""))
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
    portal = portal_of(request)
    here = portal.address + request.get_full_path()
    if form == JSON:
        content = json.dumps(_json(entries, title, portal.address + path, here), ensure_ascii=False)
        return answer(request, content, _TYPES[form], tags)
    make = Atom1Feed if form == ATOM else Rss201rev2Feed
    described = portal.tagline.get(portal.language) or title
    feed = make(title, portal.address + path, described, language=portal.language, feed_url=here)
    for entry in entries:
        feed.add_item(**_item(entry))
    return answer(request, feed.writeString("utf-8"), _TYPES[form], tags)


def genre(entry: Entry) -> str:
    """What every item says it is (IPTC genre)."""
    return "News" if entry.kind == "sourced" else "Press Release"


def _item(entry: Entry) -> dict[str, Any]:
    version = entry.current
    assert version is not None  # noqa: S101 (public entries have a text; said for the type checker)
    # The GUID leaves the slug out: a corrected headline is the same item.
    return {
        "title": version.headline,
        "link": address_of(entry),
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
