"""Lists of entries: everything, a section, a topic, a place, a stretch of time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import dates
from loa.lib.slugs import slugify
from loa.pages import queries
from loa.pages.views.answers import language_of, page, portal_of
from loa.places.models import Place
from loa.topics import queries as topics


def listed(request: HttpRequest, rows: QuerySet[Entry], title: str, tags: list[str], **more: Any) -> HttpResponse:
    found = queries.listing(rows, request.GET.get("before", ""))
    context = {
        "title": title,
        "entries": found.entries,
        "older": f"?before={found.older}" if found.older else "",
        "newer": request.path if request.GET.get("before") else "",
        **more,
    }
    return page(request, more.get("template", "pages/list.html"), context, tags)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Everything, newest first."""
    return listed(request, archive.public(portal_of(request).pk), _("Mới nhất"), ["front"], feed="/feed")


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's entries."""
    found = topics.section(portal_of(request), slug)
    if found is None:
        raise Http404
    rows = archive.public(portal_of(request).pk).filter(section=found)
    return listed(request, rows, found.name(language_of(request)), [f"section:{found.pk}"], feed=f"/s/{slug}/feed")


@require_safe
def topic(request: HttpRequest, qcode: str, slug: str) -> HttpResponse:
    """A topic's entries."""
    found = topics.topic(qcode)
    if found is None:
        raise Http404
    label = found.label(language_of(request))
    rows = archive.public(portal_of(request).pk).filter(topics=found)
    return listed(request, rows, label, ["front"])


@require_safe
def place(request: HttpRequest, place_id: int, slug: str) -> HttpResponse:
    """A place's entries."""
    found = Place.objects.filter(pk=place_id).first()
    if found is None:
        raise Http404
    if slug != (right := found.slug or slugify(found.name)):
        return HttpResponsePermanentRedirect(f"{getattr(request, 'prefix', '')}/p/{place_id}/{right}")
    return listed(request, archive.public(portal_of(request).pk).filter(place=found), found.name, ["front"])


@require_safe
def archive_by_date(request: HttpRequest, year: int, month: int | None = None, day: int | None = None) -> HttpResponse:
    """A year, a month or a day of the record, in the portal's zone."""
    language = language_of(request)
    try:
        start = date(year, month or 1, day or 1)
        end = start + timedelta(days=1) if day else _month_after(start) if month else date(year + 1, 1, 1)
        zone = ZoneInfo(portal_of(request).time_zone)
        bounds = [datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(UTC) for d in (start, end)]
    except (ValueError, OverflowError) as error:  # no such day, or beyond the first or last the calendar holds
        raise Http404 from error
    rows = archive.public(portal_of(request).pk).filter(published_at__gte=bounds[0], published_at__lt=bounds[1])
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
    return listed(request, rows, _("Kho lưu trữ") + ": " + title, ["front"], **more)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
