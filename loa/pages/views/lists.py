"""Lists of entries: everything, a section, a stretch of time."""

from functools import partial
from typing import Any, TypedDict
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.lib import dates
from loa.pages.queries import lists
from loa.pages.views.answers import page
from loa.portals.middleware import portal_of
from loa.topics import queries as topics
from loa.ui.language import language_of


def listed(
    request: HttpRequest, rows: lists.ListsOf, title: str, tags: list[str], **more: Any
) -> HttpResponse:  # fmt: skip
    """A page of a list with the ways on; what stands below the first page says which days it holds."""
    found = lists.listing(portal_of(request), rows, language_of(request), **cursors(request))
    archive.told_apart(found.entries, portal_of(request))
    context = ways(request, found, title)
    return page(request, more.get("template", "pages/list.html"), {**context, **more}, tags)


class Cursors(TypedDict):
    """Where in its list a page begins or ends."""

    before: str
    after: str


def cursors(request: HttpRequest) -> Cursors:
    """What the address says of it."""
    return {"before": request.GET.get("before", ""), "after": request.GET.get("after", "")}


def ways(
    request: HttpRequest, found: lists.Listing, title: str, *, chosen: dict[str, str] | None = None
) -> dict[str, Any]:
    """What a page of a list shows; `chosen` narrows the list and stands in every address of it."""
    chosen = chosen or {}
    return {
        "title": title,
        "days": _days(request, found) if found.newer else "",
        "entries": found.entries,
        "older": "?" + urlencode({**chosen, "before": found.older}) if found.older else "",
        "newer": _newer(request, chosen, found.newer),
        "canonical": portal_of(request).address + _with(request, {**chosen, **_own(request, found)}),
    }


def _with(request: HttpRequest, asked: dict[str, str]) -> str:
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def _newer(request: HttpRequest, chosen: dict[str, str], cursor: str) -> str:
    if cursor == lists.FIRST:
        return _with(request, chosen)
    return "?" + urlencode({**chosen, "after": cursor}) if cursor else ""


def _own(request: HttpRequest, found: lists.Listing) -> dict[str, str]:
    """The first page has one address; a later one is its own, under the cursor it was asked for with."""
    asked = cursors(request)
    used = {"after": asked["after"]} if asked["after"] else {"before": asked["before"]}
    return used if found.newer and found.entries else {}


def _days(request: HttpRequest, found: lists.Listing) -> str:
    if not found.entries:
        return ""
    zone, language = ZoneInfo(portal_of(request).time_zone), language_of(request)
    ends = [one.published_at.astimezone(zone).date() for one in (found.entries[-1], found.entries[0])]
    return " – ".join(dict.fromkeys(dates.day_in_words(day, language) for day in ends))


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Everything, newest first."""
    rows = partial(lists.everywhere, portal_id=portal_of(request).pk)
    return listed(request, rows, _("Mới nhất"), ["front"], feed="/feed", follow="all")


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's entries."""
    found = topics.section(portal_of(request), slug)
    if found is None:
        raise Http404
    rows = partial(lists.of_section, portal_id=portal_of(request).pk, section_id=found.pk)
    ways_to = {"feed": f"/s/{slug}/feed", "follow": f"section={slug}"}
    return listed(request, rows, found.name(language_of(request)), [f"section:{found.pk}"], **ways_to)
