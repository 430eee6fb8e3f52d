"""The doors of the public pages: nobody is signed in here, and everyone gets the same page."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.archive.sheet import Sheet, of_entry
from loa.lib import dates
from loa.lib.slugs import slugify
from loa.pages import queries, rules
from loa.places.models import Place
from loa.portals import queries as portals
from loa.portals.models import Portal
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.search.results import highlight, snippet
from loa.topics import queries as topics

STATIC_PAGES = ("about", "contact", "terms", "privacy", "pricing")


def _portal(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]


def _language(request: HttpRequest) -> str:
    return str(getattr(request, "language", "vi"))


def _page(request: HttpRequest, template: str, context: dict[str, Any], tags: Iterable[str]) -> HttpResponse:
    context = {"zone": _portal(request).time_zone, "canonical": _portal(request).address + request.path, **context}
    return rules.public(request, render(request, template, context), {*tags, "frame"})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    front = queries.front(_portal(request))
    front["feed"] = "/feed"
    return _page(request, "pages/home.html", front, ["front"])


@require_safe
def release(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """A release at its permanent address; a wrong slug answers 301, a withdrawn one 410."""
    entry = archive.by_public_id(_portal(request).pk, public_id)
    if entry is None or entry.current is None:
        raise Http404
    tags = archive.tags(entry)
    if entry.state == State.WITHDRAWN:
        answer = render(request, "pages/withdrawn.html", {"entry": entry, "zone": entry.portal.time_zone}, status=410)
        return rules.public(request, answer, tags)
    home_path = archive.address(entry)
    if _language(request) != entry.current.language and _language(request) != entry.portal.language:
        return HttpResponseRedirect(home_path)
    if request.path != home_path:
        return HttpResponsePermanentRedirect(home_path)
    corrections = [v for v in archive.versions(entry) if v.number > 1] if entry.current.number > 1 else []
    sheet = of_entry(entry, _language(request), corrections)
    context = {
        "sheet": sheet,
        "entry": entry,
        "views": queries.views_of(entry),
        "related": queries.related(entry),
        "about": portals.about(entry.portal, _language(request)),
        "address": entry.portal.address + home_path,
        "origin": entry.portal.address,
        "share": _share(entry.portal.address + home_path, sheet.headline),
        "json_ld": _json_ld(sheet, entry),
        "other_page": _other_front(entry.portal, _language(request)),
    }
    return _page(request, "pages/release.html", context, tags)


def _other_front(portal: Portal, language: str) -> str:
    """The front page in the other language: a text in one language has no page in the other."""
    other = "vi" if language == "en" else "en"
    return "/" if other == portal.language else f"/{other}/"


def _share(address: str, headline: str) -> list[tuple[str, str]]:
    there, words = quote(address, safe=""), quote(headline)
    return [
        ("Zalo", f"https://sp.zalo.me/share_inline?url={there}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={there}"),
        ("X", f"https://x.com/intent/post?url={there}&text={words}"),
        (_("Thư"), f"mailto:?subject={words}&body={there}"),
    ]


def _json_ld(sheet: Sheet, entry: Entry) -> str:
    zone = ZoneInfo(sheet.time_zone)
    local = sheet.published_at.astimezone(zone)
    changed = archive.modified_at(entry).astimezone(zone)
    is_day = sheet.is_day_only and changed == local
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": sheet.headline,
        "description": sheet.lead or sheet.subtitle,
        "inLanguage": sheet.language,
        "genre": "news" if sheet.is_sourced else "press release",
        "datePublished": local.date().isoformat() if sheet.is_day_only else local.isoformat(timespec="seconds"),
        "dateModified": changed.date().isoformat() if is_day else changed.isoformat(timespec="seconds"),
        "mainEntityOfPage": entry.portal.address + sheet.path,
        "articleSection": sheet.section_name,
        "image": [entry.portal.address + picture["url"] for picture in sheet.pictures],
        "author": {"@type": "Organization", "name": sheet.organization.name, "url": sheet.organization.website},
        "publisher": {"@type": "Organization", "name": entry.portal.name, "url": entry.portal.address},
    }
    if sheet.is_sourced and sheet.source_url:
        data["isBasedOn"] = sheet.source_url
    # A text may hold "</script>"; escaped, it stays text.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _list(request: HttpRequest, rows: QuerySet[Entry], title: str, tags: list[str], **more: Any) -> HttpResponse:
    found = queries.listing(rows, request.GET.get("before", ""))
    context = {
        "title": title,
        "entries": found.entries,
        "older": f"?before={found.older}" if found.older else "",
        "newer": request.path if request.GET.get("before") else "",
        **more,
    }
    return _page(request, more.get("template", "pages/list.html"), context, tags)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Everything, newest first."""
    return _list(request, archive.public(_portal(request).pk), _("Mới nhất"), ["front"], feed="/feed")


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's entries."""
    found = topics.section(_portal(request), slug)
    if found is None:
        raise Http404
    rows = archive.public(_portal(request).pk).filter(section=found)
    return _list(request, rows, found.name(_language(request)), [f"section:{found.pk}"], feed=f"/s/{slug}/feed")


@require_safe
def topic(request: HttpRequest, qcode: str, slug: str) -> HttpResponse:
    """A topic's entries."""
    found = topics.topic(qcode)
    if found is None:
        raise Http404
    label = found.label(_language(request))
    rows = archive.public(_portal(request).pk).filter(topics=found)
    return _list(request, rows, label, ["front"])


@require_safe
def place(request: HttpRequest, place_id: int, slug: str) -> HttpResponse:
    """A place's entries."""
    found = Place.objects.filter(pk=place_id).first()
    if found is None:
        raise Http404
    if slug != (right := found.slug or slugify(found.name)):
        return HttpResponsePermanentRedirect(f"{getattr(request, 'prefix', '')}/p/{place_id}/{right}")
    return _list(request, archive.public(_portal(request).pk).filter(place=found), found.name, ["front"])


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """Organizations from A to Z."""
    return _page(request, "pages/organizations.html", {"letters": queries.organizations(_portal(request))}, ["front"])


@require_safe
def newsroom(request: HttpRequest, slug: str) -> HttpResponse:
    """An organization's public page."""
    found = queries.organization(_portal(request), slug)
    if found is None:
        raise Http404
    rows = archive.public(_portal(request).pk).filter(organization=found)
    profile = (found.profile_en if _language(request) == "en" else "") or found.profile
    more = {"template": "pages/newsroom.html", "organization": found, "profile": profile, "feed": f"/o/{slug}/feed"}
    return _list(request, rows, found.name, [f"org:{found.pk}"], **more)


@require_safe
def archive_by_date(request: HttpRequest, year: int, month: int | None = None, day: int | None = None) -> HttpResponse:
    """A year, a month or a day of the record, in the portal's zone."""
    language = _language(request)
    try:
        start = date(year, month or 1, day or 1)
        end = start + timedelta(days=1) if day else _month_after(start) if month else date(year + 1, 1, 1)
        zone = ZoneInfo(_portal(request).time_zone)
        bounds = [datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(UTC) for d in (start, end)]
    except (ValueError, OverflowError) as error:  # no such day, or beyond the first or last the calendar holds
        raise Http404 from error
    rows = archive.public(_portal(request).pk).filter(published_at__gte=bounds[0], published_at__lt=bounds[1])
    title = dates.day_in_words(start, language) if day else str(year)
    if month and not day:
        title = dates.month_in_words(year, month, language)
    months = [
        {
            "path": f"/archive/{year}/{m:02d}",
            "name": dates.month_in_words(year, m, language).split(f"{year}")[0].strip(" ,"),
        }
        for m in range(1, 13)
    ]
    more = {"months": months, "before": year - 1, "after": year + 1}
    return _list(request, rows, _("Kho lưu trữ") + ": " + title, ["front"], **more)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything published, with filters."""
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "section", "organization", "year")}
    page = int(text) if (text := request.GET.get("page", "")).isdecimal() and len(text) < 5 else 1
    year = int(asked["year"]) if asked["year"].isdecimal() and len(asked["year"]) == 4 else None
    context: dict[str, Any] = {"asked": asked, "is_rebuilding": False}
    portal = _portal(request)
    try:
        found = finding.search(
            portal.pk, asked["q"], section=asked["section"], organization=asked["organization"], year=year, page=page
        )
    except IndexUnavailable:
        context["is_rebuilding"] = True
        return _page(request, "pages/search.html", context, ["search"])
    rows = {e.public_id: e for e in archive.public(portal.pk).filter(public_id__in=found.ids)}
    shown = [rows[public_id] for public_id in found.ids if public_id in rows]
    context |= {
        "found": found,
        "results": [_result(entry, asked["q"]) for entry in shown],
        "facets": _facets(portal, found.facets, asked, _language(request)),
        "older": _with(asked, page=str(page + 1)) if found.has_next else "",
        "newer": _with(asked, page=str(page - 1)) if page > 1 else "",
        "feed": "/search/feed",
        "feed_query": _with(asked),
    }
    return _page(request, "pages/search.html", context, ["search"])


def _result(entry: Entry, words: str) -> dict[str, Any]:
    version = entry.current
    assert version is not None  # noqa: S101 (public entries have a text; said for the type checker)
    return {
        "entry": entry,
        "headline": highlight(version.headline, words),
        "snippet": snippet(version.lead + " " + version.body_text, words),
    }


def _with(asked: dict[str, str], **changed: str) -> str:
    return "?" + urlencode({key: value for key, value in {**asked, **changed}.items() if value})


def _facets(
    portal: Portal, counts: dict[str, dict[str, int]], asked: dict[str, str], language: str
) -> list[dict[str, Any]]:
    names = {
        "section": {s.slug: s.name(language) for s in topics.sections(portal)},
        "organization": dict(
            portal.organizations.filter(slug__in=counts.get("organization", {})).values_list("slug", "name")
        ),
        "year": {},
    }
    labels = {"section": _("Chuyên mục"), "organization": _("Tổ chức"), "year": _("Năm")}
    return [
        {
            "label": labels[key],
            "clear": _with(asked, **{key: ""}) if asked[key] else "",
            "values": [
                {"name": names[key].get(v, v), "count": n, "path": _with(asked, **{key: v}), "is_on": asked[key] == v}
                for v, n in sorted(counts.get(key, {}).items(), key=lambda item: -item[1])[:8]
            ],
        }
        for key in ("section", "organization", "year")
    ]


@require_safe
def static_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page the operator edits; /about carries the about block too."""
    portal = _portal(request)
    found = portals.page(portal, slug, _language(request))
    about = portals.about(portal, _language(request)) if slug == "about" else None
    if found is None and about is None:
        raise Http404
    return _page(request, "pages/static.html", {"page": found, "about": about}, [f"page:{slug}"])


@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """The portal's accent as a stylesheet, so that no page needs an inline style."""
    portal = _portal(request)
    css = (
        f":root {{ --accent: {portal.accent}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {portal.accent_dark}; }} }}\n"
    )
    return rules.public(request, HttpResponse(css, "text/css; charset=utf-8"), ["brand"])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    closed = ("desk/", "operator/", "moderation/", "accounts/", "compose/", "search")
    lines = ["User-agent: *", *[f"Disallow: /{path}" for path in closed], ""]
    lines += [f"Sitemap: {_portal(request).address}/{name}.xml" for name in ("sitemap", "news-sitemap")]
    return rules.public(request, HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8"), ["robots"])
