"""Reads of places."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from loa.lib import vietnamese
from loa.places.models import Place


def today() -> QuerySet[Place]:
    """The units in force now."""
    return Place.objects.filter(valid_to=None)


def table() -> list[Place]:
    """The units in force now by the Vietnamese alphabet, each with those it came from beside it."""
    rows = list(today().prefetch_related("predecessors"))
    return sorted(rows, key=lambda place: vietnamese.sort_key(place.name))


def former(place: Place) -> list[Place]:
    """The units a place came from, by the Vietnamese alphabet."""
    return sorted(place.predecessors.all(), key=lambda old: vietnamese.sort_key(old.name))


def by_id(place_id: int) -> Place | None:
    """A place by our own id, with its successor and those it came from."""
    return Place.objects.select_related("successor").filter(pk=place_id).prefetch_related("predecessors").first()


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
