"""What entries are about: places and topics."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.archive.models import Entry
from loa.lib import prepared
from loa.places.models import Place

WIDE = 3000  # entries of a topic


def places_told_of(place: Place, zone: str) -> tuple[list[int], list[tuple[int, datetime]]]:
    """Which places' entries are about a place: whole ones, and those of which only what came before a moment is.

    Today's stands with those it came from, an old one with its own time only. Before the merger a name that both bear
    meant the old one, whichever an entry was put under.
    """
    if place.valid_to is None:
        return [place.pk, *(old.pk for old in place.predecessors.all())], []
    if place.successor is None or place.successor.name != place.name:
        return [place.pk], []
    return [place.pk], [(place.successor.pk, datetime.combine(place.valid_to, time(), ZoneInfo(zone)))]


def is_wide(qcodes: set[str]) -> bool:
    """Whether many entries are about any of these topics; asks once."""
    return bool(prepared.tuples(_last_of_many, qcodes=sorted(qcodes)))


def _last_of_many(*, qcodes: list[str]) -> QuerySet[Any, tuple[int]]:
    return Entry.topics.through.objects.filter(topic_id__in=qcodes).values_list("pk")[WIDE - 1 : WIDE]


def about_topics(qcodes: Collection[str], *, is_wide: bool) -> Q:
    """What is about any of these topics."""
    about = Entry.topics.through.objects.filter(topic_id__in=qcodes)
    # A wide topic is found soon by looking along the newest entries, a narrow one by looking at its own.
    return Q(Exists(about.filter(entry_id=OuterRef("pk")))) if is_wide else Q(pk__in=about.values("entry_id"))
