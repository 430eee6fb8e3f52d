"""Lists of entries by cursor, and which lists there are: in one read each, decided on an index alone."""

import base64
import binascii
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL

from loa.archive import queries as archive
from loa.archive.models import Entry, Occasion, State
from loa.edge.kept import kept
from loa.lib import prepared
from loa.lib.pieces import Pieces
from loa.lib.unions import together
from loa.places.models import Place
from loa.portals.models import Portal

PAGE = 20
MOST_CARDS = 8_000_000  # bytes of cards that are kept in each process

_cards: Pieces[Entry] = Pieces(MOST_CARDS)  # under all that their rows say


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `older` and `newer` are the cursors of the next ones, newer `-` is the first page."""

    entries: list[Entry] = field(default_factory=list)
    older: str = ""
    newer: str = ""
    beside: list[Entry] = field(default_factory=list)  # all that was read with a first page, newest first


def cards(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Rows without the long texts that lists do not show."""
    return rows.defer("current__body_html", "current__body_text")


Lists = Callable[..., list[QuerySet[Entry]]]  # of the values they are narrowed by, for `prepared`


ListsOf = partial[list[QuerySet[Entry]]]  # the same with their values


Short = Callable[[QuerySet[Entry], str], QuerySet[Entry]]  # what of a row is read: `archive.in_lines`, `as_cards`


def listing(
    portal: Portal,
    rows: ListsOf,
    language: str,
    *,
    before: str = "",
    after: str = "",
    beside: Lists | None = None,
    short: Short = archive.in_lines,
) -> Listing:
    """A page below or above a cursor; a cursor nobody gave out, or nothing above it, is the first page.

    Several lists are shown as one. `beside` gives short lists of the same values to be read in the same breath, for the
    first page: stories of the sender's house, and entries that the whole list holds too.
    """
    values = {**rows.keywords, "lists": rows.func, "language": language, "short": short}
    if (place := read_cursor(after)) is not None:
        found = read(portal, _above, **values, at=place[0], pk=place[1])[: PAGE + 1][::-1]
        if len(found) > PAGE:
            return Listing(found[1:], cursor(found[-1]), cursor(found[1]))
    elif (place := read_cursor(before)) is not None:
        found = read(portal, _below, **values, at=place[0], pk=place[1])
        return _page(found, cursor(found[0]) if found else FIRST)
    if place is not None:  # nothing above it
        return _page(read(portal, _first, **values, beside=None), "")
    both = read(portal, _first, **values, beside=beside)
    listed = [one for one in both if beside is None or one.kind != archive.LIFE]
    return replace(_page(listed, ""), beside=both)


def _page(found: list[Entry], newer: str) -> Listing:
    shown = found[:PAGE]
    return Listing(shown, cursor(shown[-1]) if len(found) > PAGE else "", newer)


def _first(
    *, lists: Lists, beside: Lists | None, language: str, short: Short, **values: Any
) -> QuerySet[Entry]:  # fmt: skip
    """The first rows of every list and one more, and what is read beside them."""
    more = beside(**values) if beside is not None else ()
    rows = these(any_of(*(part[: PAGE + 1] for part in lists(**values)), *more), language, short)
    return rows.select_related("occasion", "place") if beside is not None else rows


def _below(
    *, lists: Lists, language: str, short: Short, at: datetime, pk: int, **values: Any
) -> QuerySet[Entry]:  # fmt: skip
    # The first bound is meant for the index: from an OR no database sees where to begin.
    older = Q(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk), published_at__lte=at)
    return these(any_of(*(part.filter(older)[: PAGE + 1] for part in lists(**values))), language, short)


def _above(
    *, lists: Lists, language: str, short: Short, at: datetime, pk: int, **values: Any
) -> QuerySet[Entry]:  # fmt: skip
    newer, order = Q(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk), published_at__gte=at), _UPWARDS
    parts = (part.filter(newer).order_by(*order)[: PAGE + 1] for part in lists(**values))
    return these(any_of(*parts), language, short).order_by(*order)


def latest_of(portal: Portal, rows: ListsOf, language: str, most: int) -> list[Entry]:
    """The newest of several lists together."""
    short = archive.in_lines
    return read(portal, _first, lists=rows.func, language=language, short=short, beside=None, **rows.keywords)[:most]


FIRST = "-"


_UPWARDS = ("published_at", "pk")


def these(ids: RawSQL, language: str, short: Short) -> QuerySet[Entry]:
    """The rows with these ids; which ones was decided on an index alone, before anything is joined to them."""
    return short(Entry.objects.filter(pk__in=ids).order_by("-published_at", "-pk"), language)


def keys(lists: Lists, **values: Any) -> set[int]:
    """The keys of the entries that several short lists hold together."""
    return {pk for (pk,) in prepared.tuples(_keys, lists=lists, **values)}


def _keys(*, lists: Lists, **values: Any) -> RawSQL:
    return any_of(*lists(**values))


def by_key(portal: Portal, keys: Collection[int], language: str) -> list[Entry]:
    """Those of these that readers can read now, as cards and newest first.

    Keys that are known are found sooner than those another list has to be asked for in the same breath. A page shows
    mostly what it showed before: of a row that says what it said then, nothing is made and no text is read again. What
    it `says` stays with the card, for whoever keeps a piece drawn of it.
    """
    asked = prepared.asked(_by_key, keys=prepared.padded(keys), language=language)
    cards = _cards if kept.is_on else Pieces[Entry](MOST_CARDS)
    known = {row: card for row in asked.columns if (card := cards.get(row)) is not None}
    if missing := [row for row in asked.columns if row not in known]:
        for row, card in zip(missing, _with_texts(asked.rows(missing)), strict=True):
            card.says = row  # type: ignore[attr-defined]
            known[row] = card
            cards.put(row, card, _size(card))
    found = [_copy(known[row]) for row in asked.columns]
    _in_portals(portal, found)
    return found


def _copy(card: Entry) -> Entry:
    """The same for one request, which sets its own portal, section and the like on it."""
    made, state = Entry.__new__(Entry), ModelState()
    state.adding, state.db, state.fields_cache = False, card._state.db, dict(card._state.fields_cache)
    vars(made).update(vars(card), _state=state)
    return made


def _with_texts(entries: list[Entry]) -> list[Entry]:
    keys = [archive.text_key(entry) for entry in entries]
    read = prepared.rows(archive.cards_of, versions=prepared.padded(keys))
    texts = {text.pk: text for text in read}
    for entry, key in zip(entries, keys, strict=True):
        entry.current = texts[key]
    return entries


def _size(entry: Entry) -> int:
    """Of an entry as a card, about; its pictures are most of it."""
    return 5_000 + 2 * sum(len(str(value)) for value in vars(entry.current).values())


def _by_key(*, keys: list[int], language: str) -> QuerySet[Entry]:
    rows = Entry.objects.filter(pk__in=keys, state=State.PUBLISHED).order_by("-published_at", "-pk")
    return archive.without_texts(rows, language).select_related("occasion", "place").defer(*_OF_PLACES)


def read(portal: Portal, build: Callable[..., QuerySet[Entry]], **values: Any) -> list[Entry]:
    """The rows, each with its text in this language where it has one, and with its portal; for showing only."""
    found = prepared.rows(build, **values)
    _in_portals(portal, found)
    for entry in found:
        if (text := archive.text_of(entry)) is not entry.current:
            entry.current = text
    return found


def _in_portals(portal: Portal, found: list[Entry]) -> None:
    near = {one.pk: one for one in (portal, *portal.sisters)}
    if others := {entry.portal_id for entry in found} - near.keys():
        near |= Portal.objects.in_bulk(others)
    for entry in found:
        _PORTAL.set_cached_value(entry, near[entry.portal_id])  # it is the same one: nothing to look at twice


_NAMES = ("id", "name", "name_en")
_OF_PLACES = [f"place__{one.name}" for one in Place._meta.concrete_fields if one.name not in _NAMES]  # no list shows it
_PORTAL = Entry._meta.get_field("portal")


def any_of(*parts: QuerySet[Any]) -> RawSQL:
    """The ids of several short lists together, of occasions their entries', for `pk__in`."""
    return together(*(part.values("entry_id" if part.model is Occasion else "pk") for part in parts))


def cursor(entry: Entry) -> str:
    return cursor_at(entry.published_at, entry.pk)


def cursor_at(at: datetime, pk: int) -> str:
    raw = f"{at.isoformat()}|{pk}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, pk = raw.partition("|")
        moment, number = datetime.fromisoformat(at), int(pk)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError, binascii.Error):  # beyond the calendar's ends too
        return None
    return (in_utc, number) if moment.tzinfo and 0 <= number < 2**63 else None


def everywhere(*, portal_id: int) -> list[QuerySet[Entry]]:
    """All there is, with what sisters publish and the portal lists."""
    return [archive.news(portal_id), archive.listed(portal_id)]


def of_section(*, portal_id: int, section_id: int) -> list[QuerySet[Entry]]:
    """What stands under one of its headings, its own and its sisters'."""
    own = archive.news(portal_id).filter(section=section_id)
    return [own, archive.listed(portal_id, Q(section=section_id))]


def of_time(*, portal_id: int, begins: datetime, ends: datetime) -> list[QuerySet[Entry]]:
    """What was published from one moment until before another, sisters' with it."""
    return [rows.filter(published_at__gte=begins, published_at__lt=ends) for rows in everywhere(portal_id=portal_id)]


def last_before(*, portal_id: int, at: datetime) -> QuerySet[Entry]:
    """The newest entry from before a moment, with its moment alone."""
    near = (rows.filter(published_at__lt=at)[:1] for rows in everywhere(portal_id=portal_id))
    return _moments(any_of(*near)).order_by("-published_at", "-pk")[:1]


def first_from(*, portal_id: int, at: datetime) -> QuerySet[Entry]:
    """The oldest entry from a moment on, likewise."""
    near = (rows.filter(published_at__gte=at).order_by(*_UPWARDS)[:1] for rows in everywhere(portal_id=portal_id))
    return _moments(any_of(*near)).order_by(*_UPWARDS)[:1]


def _moments(ids: RawSQL) -> QuerySet[Entry]:
    return Entry.objects.filter(pk__in=ids).only("published_at")


def of_place(portal: Portal, place: Place) -> ListsOf:
    """What was published about a place, sisters' with it."""
    return partial(_of_places, portal_id=portal.pk, **archive.about_place(place, portal.time_zone))


def _of_places(*, portal_id: int, **values: Any) -> list[QuerySet[Entry]]:
    own, here = archive.of_places(archive.news(portal_id), portal_id, **values)
    return [*own, here]


def of_topic(portal: Portal, qcodes: set[str]) -> ListsOf:
    """What was published about any of these topics, sisters' with it."""
    return partial(_of_topics, portal_id=portal.pk, qcodes=sorted(qcodes), is_wide=archive.is_wide(qcodes))


def _of_topics(*, portal_id: int, qcodes: list[str], is_wide: bool) -> list[QuerySet[Entry]]:
    about = archive.about_topics(qcodes, is_wide=is_wide)
    return [rows.filter(about) for rows in everywhere(portal_id=portal_id)]
