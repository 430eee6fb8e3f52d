"""What entries are about: places and topics."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.archive.models import Entry
from loa.archive.queries.sisters import listed
from loa.lib import prepared
from loa.places.models import Place

WIDE = 3000  # entries of a topic


def about_place(place: Place, zone: str) -> dict[str, Any]:
    """Which places' entries are about a place, as `of_places` takes them: whole ones, and one until a moment.

    Today's stands with those it came from, an old one with its own time only. Before the merger a name that both bear
    meant the old one, whichever an entry was put under.
    """
    if place.valid_to is None:
        return {"places": [place.pk, *(old.pk for old in place.predecessors.all())]}
    if place.successor is None or place.successor.name != place.name:
        return {"places": [place.pk]}
    ended = datetime.combine(place.valid_to, time(), ZoneInfo(zone))
    return {"places": [place.pk], "other": place.successor.pk, "ended": ended}


def of_places(
    rows: QuerySet[Entry], portal_id: int, *, places: list[int], other: int | None = None, ended: datetime | None = None
) -> tuple[list[QuerySet[Entry]], QuerySet[Entry]]:
    """Entries about places: of a portal's own rows a list each, read along its own index; and what it lists of them."""
    own, here = [rows.filter(place=one) for one in places], Q(entry__place__in=places)
    if other is not None:
        own.append(rows.filter(place=other, published_at__lt=ended))
        here |= Q(entry__place=other, entry__published_at__lt=ended)
    return own, listed(portal_id, here)


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
