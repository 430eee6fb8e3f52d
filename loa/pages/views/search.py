"""The search page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.pages.templatetags.loa_pages import kind_name
from loa.pages.views.answers import language_of, page, portal_of
from loa.portals.models import Portal
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.search.results import highlight, snippet
from loa.topics import queries as topics


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything published, with filters."""
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "section", "organization", "year", "kind")}
    number = int(text) if (text := request.GET.get("page", "")).isdecimal() and len(text) < 5 else 1
    year = int(asked["year"]) if asked["year"].isdecimal() and len(asked["year"]) == 4 else None
    context: dict[str, Any] = {"asked": asked, "is_rebuilding": False}
    portal = portal_of(request)
    try:
        narrowing = finding.Narrowing(
            section=asked["section"], organization=asked["organization"], year=year, kind=asked["kind"]
        )
        found = finding.search(portal.pk, asked["q"], narrowing, finding.Page(number=number))
    except IndexUnavailable:
        context["is_rebuilding"] = True
        return page(request, "pages/search.html", context, ["search"])
    shown = _shown(portal, found, language_of(request))
    context |= {
        "found": found,
        "results": [_result(entry, asked["q"]) for entry in shown],
        "facets": _facets(portal, found.facets, asked, language_of(request)),
        "older": _with(asked, page=str(number + 1)) if found.has_next else "",
        "newer": _with(asked, page=str(number - 1)) if number > 1 else "",
        "feed": "/search/feed",
        "feed_query": _with(asked),
    }
    return page(request, "pages/search.html", context, ["search"])


def _shown(portal: Portal, found: finding.SearchResult, language: str) -> list[Entry]:
    """Each entry once, in the page's language where it has it, else in the language that was found."""
    rows = archive.with_texts(archive.public(portal.pk).filter(public_id__in=found.ids), language)
    entries = {entry.public_id: entry for entry in rows}
    hits = {hit.public_id: hit.language for hit in reversed(found.hits)}  # the best of an entry's texts stays
    for entry in entries.values():
        entry.current = archive.text_of(entry)
    own = {pk: entry.current.language for pk, entry in entries.items() if entry.current is not None}
    strange = {pk for pk, code in own.items() if language != code != hits[pk]}
    others = archive.texts_in([entries[pk] for pk in strange], {hits[pk] for pk in strange})
    for pk in strange:
        matched = [text for text in others[entries[pk].pk] if text.language == hits[pk]]
        entries[pk].current = matched[0] if matched else entries[pk].current
    return [entries[public_id] for public_id in found.ids if public_id in entries]


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
        "kind": {kind: kind_name(kind) for kind in counts.get("kind", {})},
        "year": {},
    }
    labels = {"section": _("Chuyên mục"), "kind": _("Thể loại"), "organization": _("Tổ chức"), "year": _("Năm")}
    return [
        {
            "label": labels[key],
            "clear": _with(asked, **{key: ""}) if asked[key] else "",
            "values": [
                {"name": names[key].get(v, v), "count": n, "path": _with(asked, **{key: v}), "is_on": asked[key] == v}
                for v, n in sorted(counts.get(key, {}).items(), key=lambda item: -item[1])[:8]
            ],
        }
        for key in ("section", "kind", "organization", "year")
    ]
