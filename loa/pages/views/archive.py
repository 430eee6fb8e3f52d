"""The record by date: a year as a calendar with how much each day holds, a month, a day with its neighbours."""

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.lib import clock, dates, prepared
from loa.pages import rules
from loa.pages.queries import figures, lists
from loa.pages.views.lists import listed
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.portals.queries import kept_a_minute
from loa.ui.language import language_of


@require_safe
def archive_by_date(request: HttpRequest, year: int, month: int | None = None, day: int | None = None) -> HttpResponse:
    """A year, a month or a day of the record, in the portal's zone."""
    portal, language = portal_of(request), language_of(request)
    try:
        start = date(year, month or 1, day or 1)
        end = start + timedelta(days=1) if day else _month_after(start) if month else date(year + 1, 1, 1)
        begins, ends = (_moment(one, portal) for one in (start, end))
    except (ValueError, OverflowError) as error:  # no such day, or beyond the first or last the calendar holds
        raise Http404 from error
    rows = partial(lists.of_time, portal_id=portal.pk, begins=begins, ends=ends)
    title = dates.day_in_words(start, language) if day else str(year)
    if month and not day:
        title = dates.month_in_words(year, month, language)
    first, last = _years(portal)
    more: dict[str, Any] = {
        "template": "pages/archive.html",
        "before": year - 1 if year > first else None,
        "after": year + 1 if year < last else None,
        "months": [_month(year, number, language) for number in range(1, 13)],
    }
    if day:
        more["neighbours"] = _neighbours(portal, begins, ends, language)
    elif not request.GET:
        more["calendar"] = _calendar(portal, year, [month] if month else list(range(1, 13)), language)
    return listed(request, rows, _("Kho lưu trữ") + ": " + title, ["front"], **more)


@require_safe
def archive_now(request: HttpRequest) -> HttpResponse:
    """To the present year, in the portal's zone; not for long, since it ends."""
    year = clock.now().astimezone(ZoneInfo(portal_of(request).time_zone)).year
    prefix = str(getattr(request, "prefix", ""))
    return rules.public(request, HttpResponseRedirect(f"{prefix}/archive/{year}"), ["front"])


def _moment(day: date, portal: Portal) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(portal.time_zone)).astimezone(UTC)


def _month(year: int, month: int, language: str) -> dict[str, str]:
    name = dates.month_in_words(year, month, language).split(f"{year}")[0].strip(" ,")
    return {"path": f"/archive/{year}/{month:02d}", "name": name}


def _calendar(portal: Portal, year: int, months: list[int], language: str) -> list[dict[str, Any]]:
    """Months in weeks from Monday, each day with how many entries it has."""
    counts, _at = kept_a_minute(figures.days_key(year), portal, lambda: figures.by_day(portal, year))
    by_month = {month: [0] * 32 for month in range(1, 13)}  # by the day of the month; none is the day 0
    for (month, day), entries in counts.items():
        by_month[month][day] = entries
    return [
        {
            **_month(year, month, language),
            "first": date(year, month, 1),
            "entries": sum(by_month[month]),
            "weeks": tuple(tuple((day, by_month[month][day]) for day in week) for week in _weeks(year, month)),
        }
        for month in months
    ]


@lru_cache(maxsize=1_000)
def _weeks(year: int, month: int) -> list[list[int]]:
    """The days of a month in its weeks, 0 for another month's."""
    return calendar.Calendar().monthdayscalendar(year, month)


def _path(day: date) -> str:
    return f"/archive/{day:%Y/%m/%d}"


def _neighbours(portal: Portal, begins: datetime, ends: datetime, language: str) -> list[dict[str, str]]:
    """The last day before and the first day after on which something was published."""
    before, after = (
        [one.published_at for one in prepared.rows(build, portal_id=portal.pk, at=at)]
        for build, at in ((lists.last_before, begins), (lists.first_from, ends))
    )
    found = []
    for moments, rel in ((before, "prev"), (after, "next")):
        for moment in moments:
            day = moment.astimezone(ZoneInfo(portal.time_zone)).date()
            found.append({"path": _path(day), "rel": rel, "name": dates.day_in_words(day, language)})
    return found


def _years(portal: Portal) -> tuple[int, int]:
    """The first year of the record and this one: a way into years without entries would lead a robot on for ever."""
    # A year that became the first one a moment ago has its way there within a minute.
    oldest, _at = kept_a_minute(figures.OLDEST_KEY, portal, lambda: archive.oldest(portal.pk))
    zone, now = ZoneInfo(portal.time_zone), clock.now()
    return (oldest or now).astimezone(zone).year, now.astimezone(zone).year


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
