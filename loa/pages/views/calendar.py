"""What is ahead: the page of events, and calendars that machines keep up with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.lib import calendar, clock, dates
from loa.pages import rules
from loa.pages.queries import agenda
from loa.pages.views.answers import page
from loa.pages.views.found import find
from loa.places import queries as places
from loa.places.models import Place
from loa.portals.middleware import portal_of
from loa.topics import queries as topics
from loa.topics.models import Section
from loa.ui.language import language_of

MONTHS_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events: of a month, or all ahead, or all that took place; in a place, of a section."""

    month: date | None
    is_past: bool
    place: Place | None
    section: Section | None

    def query(self, **changes: str) -> str:
        """The same choice with some of it changed, as an address."""
        own = {
            "month": f"{self.month:%Y-%m}" if self.month else "",
            "past": "1" if self.is_past else "",
            "place": str(self.place.pk) if self.place else "",
            "section": self.section.slug if self.section else "",
        }
        said = {name: value for name, value in {**own, **changes}.items() if value}
        return "?" + urlencode(said) if said else ""


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; raises Http404 for a month, place or section there is not."""
    said = {name: request.GET.get(name, "").strip() for name in ("month", "past", "place", "section")}
    try:
        month = datetime.strptime(said["month"], "%Y-%m").replace(tzinfo=UTC).date() if said["month"] else None
    except ValueError as error:
        raise Http404 from error
    number = int(said["place"]) if said["place"].isdecimal() and len(said["place"]) < 10 else 0
    place = places.by_id(number) if said["place"] else None
    section = topics.section(portal_of(request), said["section"]) if said["section"] else None
    if (said["place"] and place is None) or (said["section"] and section is None) or (month and month.year < 1970):
        raise Http404
    return Asked(month, bool(said["past"]) and month is None, place, section)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events ahead by month; those of a month, and those that took place, by address."""
    portal, language, asked = portal_of(request), language_of(request), _asked(request)
    chosen = agenda.Dates.of_month(asked.month, portal.time_zone) if asked.month else None
    found = agenda.calendar(
        portal, language, month=chosen, is_past=asked.is_past, place=asked.place, section=asked.section,
        after=request.GET.get("after", ""),
    )  # fmt: skip
    context: dict[str, Any] = {
        "title": _title(asked, language),
        "asked": asked,
        "months": list(_by_month(found.entries, portal.time_zone, language)),
        "chips": list(_chips(asked, portal.time_zone, language)),
        "ahead": asked.query(month="", past=""),
        "past": asked.query(month="", past="1"),
        "older": asked.query(after=found.older) if found.older else "",
        "places": places.table(),
        "sections": topics.sections(portal),
        "follow": f"{portal.address}{request.path}.ics{asked.query(month='', past='')}",
        "canonical": f"{portal.address}{request.path}{asked.query()}",
    }
    context["webcal"] = "webcal:" + context["follow"].partition(":")[2]
    return page(request, "pages/events.html", context, ["front"])


def _title(asked: Asked, language: str) -> str:
    if asked.month:
        return _("Lịch sự kiện") + ": " + dates.month_in_words(asked.month.year, asked.month.month, language)
    return _("Sự kiện đã diễn ra") if asked.is_past else _("Sự kiện sắp tới")


def _by_month(entries: list[Entry], zone: str, language: str) -> Iterator[tuple[str, list[Entry]]]:
    def month(entry: Entry) -> tuple[int, int]:
        local = entry.occasion.starts_at.astimezone(ZoneInfo(zone))
        return local.year, local.month

    for key, some in groupby(entries, key=month):
        yield dates.month_in_words(*key, language), list(some)


def _chips(asked: Asked, zone: str, language: str) -> Iterator[dict[str, Any]]:
    """Months to go to: from this one on, or about the one chosen."""
    today = clock.now().astimezone(ZoneInfo(zone)).date().replace(day=1)
    first = min(today, agenda.months_later(asked.month, -1)) if asked.month else today
    if asked.month and asked.month > agenda.months_later(today, MONTHS_AHEAD - 1):
        first = agenda.months_later(asked.month, -1)
    for step in range(MONTHS_AHEAD):
        month = agenda.months_later(first, step)
        yield {
            "name": dates.month_in_words(month.year, month.month, language),
            "path": asked.query(month=f"{month:%Y-%m}", past=""),
            "is_on": month == asked.month,
        }


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Events ahead as a calendar to subscribe to; one that was withdrawn says so, and leaves the subscriber's."""
    portal, language, asked = portal_of(request), language_of(request), _asked(request)
    rows = agenda.to_subscribe(portal, language, place=asked.place, section=asked.section)
    name = " · ".join(
        filter(None, [portal.name, _("Lịch sự kiện"), asked.place.label(language) if asked.place else ""])
    )
    written = calendar.write((_event(entry) for entry in rows), name=name)
    return rules.public(request, HttpResponse(written, calendar.TYPE), ["front", "frame"])


@require_safe
def event(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """One event for a calendar; after a withdrawal the same one, cancelled."""
    del slug
    found = find(request, public_id, lambda path: f"{path}.ics")
    if isinstance(found, HttpResponse) and found.status_code != 410:
        return found
    entry = agenda.dated(portal_of(request), public_id, language_of(request))
    if entry is None:
        if isinstance(found, HttpResponse):
            return found
        raise Http404
    answer = HttpResponse(calendar.write([_event(entry)]), calendar.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{public_id}.ics"'
    return rules.public(request, answer, archive.tags(entry))


def _event(entry: Entry) -> calendar.Event:
    """An entry read by `queries` with its occasion, its text and how often that was corrected."""
    occasion, portal = entry.occasion, entry.portal
    is_cancelled = entry.state == State.WITHDRAWN
    corrections: int = entry.corrections  # type: ignore[attr-defined]  # counted in the same read
    words = {"summary": _("Đã rút"), "description": entry.statement} if is_cancelled else _words(entry)
    return calendar.Event(
        uid=f"{entry.public_id}@{urlsplit(portal.address).hostname}", sequence=corrections + is_cancelled,
        stamped_at=entry.changed_at, starts_at=occasion.starts_at, ends_at=occasion.ends_at, is_cancelled=is_cancelled,
        **words,
    )  # fmt: skip


def _words(entry: Entry) -> dict[str, str]:
    version = entry.current
    assert version is not None  # noqa: S101 (public entries have a text; said for the type checker)
    facts, url = version.facts, entry.portal.address + archive.address(entry, version)
    venues = [_place_of(one) for one in facts.get("venues", [])]
    others = [_("và %(number)s nơi khác") % {"number": len(venues) - 1}] if len(venues) > 1 else []
    ways = [(_("Đăng ký tham dự"), "registration_url"), (_("Xem trực tiếp"), "stream_url")]
    lines = [version.lead, *(venues if others else []), *(f"{name}: {facts[k]}" for name, k in ways if facts.get(k))]
    return {
        "summary": version.headline,
        "location": "; ".join([*venues[:1], *others]) or facts.get("stream_url", ""),
        "description": "\n".join(filter(None, [*lines, f"{entry.organization.label(version.language)}: {url}"])),
        "url": url,
    }


def _place_of(venue: dict[str, str]) -> str:
    address, place = venue.get("address", ""), venue.get("place", "")
    return ", ".join(filter(None, [venue.get("name"), address, "" if place in address else place]))
