"""Events: calendars of what lies ahead and of what was."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.archive import queries as archive
from loa.archive.models import Entry, Occasion
from loa.lib import clock
from loa.pages.queries import lists
from loa.places.models import Place
from loa.portals.models import Portal
from loa.topics.models import Section


@dataclass(frozen=True, slots=True)
class Dates:
    """A stretch of time: its first moment, and the first after it."""

    start: datetime
    end: datetime

    @classmethod
    def of_month(cls, month: date, zone: str) -> "Dates":
        """A month on a zone's clocks."""
        ends = (datetime(day.year, day.month, 1, tzinfo=ZoneInfo(zone)) for day in (month, months_later(month, 1)))
        return cls(*(end.astimezone(UTC) for end in ends))


def months_later(month: date, number: int) -> date:
    """The first day of a month so many later, or earlier."""
    year, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(min(max(year, 1), 9999), index + 1, 1)


def calendar(
    portal: Portal, language: str, *, month: Dates | None = None, is_past: bool = False, place: Place | None = None,
    section: Section | None = None, after: str = "",
) -> lists.Listing:  # fmt: skip
    """A page of events: of a month, else all ahead, the next one first; or what took place, the last one first."""
    chosen: dict[str, Any] = {"sections": [section.pk] if section else [], "places": _places(place)}
    chosen |= {"begins": month.start, "ends": month.end} if month is not None else {"now": clock.now()}
    if (cursor := lists.read_cursor(after)) is not None:
        chosen["at"], chosen["pk"] = cursor
    found = lists.read(portal, _listed, portal_id=portal.pk, language=language, is_past=is_past, **chosen)
    shown = found[: lists.PAGE]
    return lists.Listing(
        shown, lists.cursor_at(shown[-1].occasion.starts_at, shown[-1].pk) if len(found) > lists.PAGE else ""
    )


def _listed(
    *, portal_id: int, language: str, is_past: bool, sections: list[int], places: list[int],
    now: datetime | None = None, begins: datetime | None = None, ends: datetime | None = None,
    at: datetime | None = None, pk: int | None = None,
) -> QuerySet[Entry]:  # fmt: skip
    """A page and one more; of a month by its bounds, else before or after `now`; behind a cursor where there is one."""
    of = {"section__in": sections} if sections else {}
    rows = _held(archive.occasions(portal_id, **of), places)
    if now is None:
        parts = [(rows.filter(starts_at__gte=begins, starts_at__lt=ends), "starts_at")]
    elif is_past:
        parts = [(rows.filter(starts_at__lt=now, ends_at__lt=now), "starts_at")]  # the first: the index in their order
    else:
        parts = [(rows.filter(starts_at__gte=now), "starts_at"), (archive.under_way(rows, now), "begins")]
    if at is not None and pk is not None:
        parts = [(_further(part, by, at, pk, is_past=is_past), by) for part, by in parts]
    sign = "-" if is_past else ""
    ids = lists.any_of(*(part.order_by(f"{sign}{by}", f"{sign}entry_id")[: lists.PAGE + 1] for part, by in parts))
    return lists.these(ids, language, archive.as_events).order_by(f"{sign}occasion__starts_at", f"{sign}pk")


def _further(rows: QuerySet[Occasion], by: str, at: datetime, pk: int, *, is_past: bool) -> QuerySet[Occasion]:
    """What comes after a cursor in the order of `by`, backwards in the past."""
    way = "lt" if is_past else "gt"
    further = Q(**{f"{by}__{way}": at}) | Q(**{by: at, f"entry_id__{way}": pk})
    return rows.filter(further, **{f"{by}__{way}e": at})


def _places(place: Place | None) -> list[int]:
    """A place and those it came from: today's places hold what those before them held."""
    return [place.pk, *(old.pk for old in place.predecessors.all())] if place is not None else []


def _held(rows: QuerySet[Occasion], places: list[int]) -> QuerySet[Occasion]:
    """Of those, what takes place in any of these; all, where none are said."""
    there = Occasion.places.through.objects.filter(occasion=OuterRef("pk"), place__in=places)
    return rows.filter(Exists(there)) if places else rows


def to_subscribe(
    portal: Portal, language: str, *, place: Place | None = None, section: Section | None = None
) -> list[Entry]:
    """Events ahead for a calendar, withdrawn ones too, each with its text in this language."""
    coming = _held(Occasion.objects.filter(ends_at__gte=clock.now(), entry__portal=portal), _places(place))
    if section is not None:
        coming = coming.filter(entry__section=section)
    ids = lists.any_of(coming.order_by("starts_at")[:SUBSCRIBED])
    return archive.prefer(lists.cards(archive.dated(portal.pk).filter(pk__in=ids)), language)


SUBSCRIBED = 500  # events in a calendar that is subscribed to


def dated(portal: Portal, public_id: str, language: str) -> Entry | None:
    """One event with its text in this language, withdrawn or not."""
    return next(iter(archive.prefer(archive.dated(portal.pk).filter(public_id=public_id), language)), None)
