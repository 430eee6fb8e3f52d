"""What the public templates ask of an entry."""

from collections.abc import Hashable, Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.archive import queries
from loa.archive.models import Entry, Quotation
from loa.archive.rules import kind_name
from loa.lib import clock, dates, vietnamese
from loa.organizations.models import Organization
from loa.places.models import Place

register = template.Library()


@register.filter
def said_path(quotation: Quotation) -> str:
    """Where a quote was published, in its language."""
    return queries.address(quotation.entry, quotation.version)


@register.filter
def entry_path(entry: Entry) -> str:
    """The permanent address in the entry's own language; another portal's is whole."""
    return queries.link(entry)


@register.filter
def section_name(entry: Entry, language: str) -> str:
    """The section's heading in the interface's language."""
    return entry.section.name(language)


@register.filter
def sender_name(organization: Organization, language: str) -> str:
    """An organization's name in the interface's language."""
    return organization.label(language)


@register.filter
def place_name(place: Place, language: str) -> str:
    """A place's name in the interface's language."""
    return place.label(language)


@register.filter
def letter(organization: Organization) -> str:
    """What stands where an organization has no logo."""
    return vietnamese.initial(organization.name)


@register.filter
def day_number(value: datetime, zone: str) -> int:
    """The day of the month in a zone."""
    return value.astimezone(ZoneInfo(zone)).day


@register.filter
def month_name(value: datetime, zone: str) -> str:
    """The month in a zone, short: "Th. 12", "Dec"."""
    local = value.astimezone(ZoneInfo(zone))
    return f"Th. {local.month}" if get_language() == "vi" else dateformat.format(local, "M")


@register.filter
def when(entry: Entry, zone: str) -> str:
    """The time for today's entries, "Hôm qua", else the day in figures."""
    today, local = clock.now().astimezone(ZoneInfo(zone)).date(), entry.published_at.astimezone(ZoneInfo(zone))
    return near_or_far(local, today, get_language() or "vi", is_day_only=entry.is_day_only)


def near_or_far(local: datetime, today: date, language: str, *, is_day_only: bool) -> str:
    """The same of a moment on a zone's clocks, where it is `today`."""
    days = (today - local.date()).days
    if days == 0 and not is_day_only:
        return dates.clock(local)
    if days in (0, 1):
        return _("Hôm nay") if days == 0 else _("Hôm qua")
    if language == "vi":
        return f"{local.day}/{local.month}/{local.year}"
    return dateformat.format(local, "j M Y")


register.filter(kind_name)


@register.filter
def in_order(by_section: dict[str, list[Entry]], sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections that have entries, in the portal's order."""
    return [{**one, "entries": found} for one in sections if (found := by_section.get(one["slug"]))]


@register.filter
def what_it_shows(card: Entry) -> Hashable:
    """All that a line, a card or the first story of a page shows of an entry: what a piece of them is kept under.

    That is its row, as `lists.by_key` read it. The text stands there as its key, since none is ever changed, with the
    moment of the entry's last change, since after a backup was restored another may have that key. The portal's own
    language is in its address; what else the portal, its sections and the day say of it, the frame adds.
    """
    says: Hashable = card.says  # type: ignore[attr-defined]
    own = card.portal
    return (says, own.language, *((own.name, own.address) if card.is_elsewhere else ()))


@register.filter
def what_they_show(entries: Iterable[Entry]) -> Hashable:
    """The same of several, in their order."""
    return tuple(what_it_shows(one) for one in entries)


@register.filter
def who_they_are(organizations: Iterable[Organization]) -> Hashable:
    """The same of organizations in a list."""
    return tuple(
        (one.slug, one.name, one.name_en, one.logo, one.kind, one.city and (one.city.name, one.city.name_en))
        for one in organizations
    )


@register.filter
def weekday_name(value: datetime, zone: str) -> str:
    """The day of the week in a zone: "Thứ Bảy", "Saturday"."""
    local = value.astimezone(ZoneInfo(zone)).date()
    return dates.weekday_and_day(local, get_language() or "vi").partition(",")[0]


@register.filter
def event_time(entry: Entry, zone: str) -> str:
    """When an event takes place, on a zone's clocks: "14:00 – 16:30", "08:00 đến 17:00, Chủ Nhật, 6 tháng 12, 2026"."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (entry.occasion.starts_at, entry.occasion.ends_at))
    if end == start:
        return f"{start:%H:%M}"
    if end.date() == start.date():
        return f"{start:%H:%M} – {end:%H:%M}"
    last = dates.weekday_and_day(end.date(), get_language() or "vi")
    return f"{start:%H:%M} " + _("đến %(time)s, %(day)s") % {"time": f"{end:%H:%M}", "day": last}
