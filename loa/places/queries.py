"""Reads of places."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from loa.lib import prepared, vietnamese
from loa.places.models import Place

Rows = tuple[tuple[Any, ...], ...]
"""Every place by its values."""


def today() -> QuerySet[Place]:
    """The units in force now."""
    return Place.objects.filter(valid_to=None)


def table() -> list[Place]:
    """The units in force now by the Vietnamese alphabet, each with those it came from; nobody changes one of them."""
    return [place for place in known(rows()).values() if place.valid_to is None]


def rows() -> Rows:
    """What `known` makes places of; equal as long as no place was changed."""
    return tuple(prepared.tuples(_columns))


def _columns() -> QuerySet[Place, tuple[Any, ...]]:
    return Place.objects.values_list(*_NAMES)


_NAMES = tuple(one.attname for one in Place._meta.concrete_fields)


@lru_cache(maxsize=4)
def known(rows: Rows) -> dict[int, Place]:
    """Places by id, by the Vietnamese alphabet, with their successors and predecessors; nobody changes one of them.

    They are few, on many pages, and change once in years: made once of what every page reads anew.
    """
    made = [Place.from_db(DEFAULT_DB_ALIAS, _NAMES, row) for row in rows]
    places = {place.pk: place for place in sorted(made, key=lambda place: vietnamese.sort_key(place.name))}
    before: dict[int | None, list[Place]] = defaultdict(list)
    for place in places.values():
        before[place.successor_id].append(place)
    for place in places.values():
        place.successor = places[place.successor_id] if place.successor_id is not None else None
        place._prefetched_objects_cache = {"predecessors": before[place.pk]}  # type: ignore[attr-defined]  # as Django
    return places


def former(place: Place) -> list[Place]:
    """The units a place came from, by the Vietnamese alphabet."""
    return sorted(place.predecessors.all(), key=lambda old: vietnamese.sort_key(old.name))


def by_id(place_id: int) -> Place | None:
    """A place by our own id, with its successor and those it came from; nobody changes it."""
    return known(rows()).get(place_id)


def by_name(name: str, on: date | None = None) -> Place | None:
    """The unit that bore a name on a day (today without one); letter case and marks do not matter."""
    rows = today() if on is None else _in_force(on)
    return _named(rows, name)


def by_names(names: Iterable[str]) -> list[Place]:
    """Today's units of these names, in one read."""
    wanted = {vietnamese.fold(name) for name in names if name}
    rows = today() if wanted else ()
    return [place for place in rows if wanted & {vietnamese.fold(place.name), vietnamese.fold(place.name_en)}]


def _in_force(day: date) -> QuerySet[Place]:
    began, not_ended = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
    return Place.objects.filter(began & not_ended)


def _named(rows: Iterable[Place], name: str) -> Place | None:
    wanted = vietnamese.fold(name)
    return next((place for place in rows if wanted in {vietnamese.fold(n) for n in (place.name, place.name_en)}), None)
