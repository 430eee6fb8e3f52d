"""The items of feeds as they are written down, each kept under all it shows, so that a feed is mostly joined.

A correction changes one item of fifty, and fifty whole texts were read and written anew for it, in each list, form and
language. Now one short read tells what each item is made of; what was made of just that before is taken as it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, Protocol

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.feeds.views.items import Item, of_entry
from loa.lib import prepared
from loa.lib.pieces import Pieces
from loa.topics.models import Topic

MOST_BYTES: Final = 16_000_000  # in each process
# All that an item shows and that can change; the text itself is a version, of which no letter ever does.
SHOWN: Final = (
    "pk", "public_id", "kind", "state", "published_at", "changed_at", "is_day_only", "statement", "current_id",
    "organization.name", "organization.name_en", "organization.slug", "organization.suspended_at", "section.name_vi",
    "section.name_en", "section.slug", "portal.origin", "portal.language", "portal.time_zone",
)  # fmt: skip
_read: Final = attrgetter(*SHOWN)

Topics = tuple[tuple[str, str], ...]
"""Codes with their labels, a JSON object."""
Mark = tuple[Any, ...]
"""What an item is made of: the values above, the version in another language or None, and its topics."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An item in one form, and what its feed must know of it."""

    text: bytes
    letters: int  # of its content
    published_at: datetime
    updated_at: datetime


class Writer(Protocol):
    """A form of feeds."""

    TYPE: str

    def piece(self, item: Item) -> bytes:
        """One item, as it stands in the feed."""


kept: Pieces[Piece] = Pieces(MOST_BYTES)


def of(rows: QuerySet[Entry], language: str, writer: Writer, most: int) -> Iterator[Piece]:
    """The items of the first rows, in their order; long texts are read and written only where no piece is kept."""
    marks = _marks(rows, language, most)
    found = {pk: kept.get(_key(mark, writer)) for pk, mark in marks.items()}
    missing = [pk for pk, piece in found.items() if piece is None]
    entries = _whole(rows, language, missing) if missing else {}
    for pk, piece in found.items():
        if piece is not None:
            yield piece
        elif pk in entries:
            yield _made(entries[pk], marks[pk][-1], writer)


def _marks(rows: QuerySet[Entry], language: str, most: int) -> dict[int, Mark]:
    """What each of the first rows is made of, in their order; one short read, with a line for each of its topics."""
    keys = list(rows.values_list("pk", flat=True)[:most])
    marks: dict[int, Mark] = {}
    for *shown, qcode, said in prepared.tuples(_lines, keys=prepared.padded(keys), language=language) if keys else ():
        *_, topics = marks.get(shown[0], ((),))
        marks[shown[0]] = (*shown, (*topics, (qcode, said)) if qcode else ())
    return {pk: marks[pk] for pk in keys if pk in marks}


def _lines(*, keys: list[int], language: str) -> QuerySet[Entry, tuple[Any, ...]]:
    columns = [name.replace(".", "__") for name in SHOWN]
    labels = Cast("topics__labels", TextField())  # not read: that is for whoever has to write the item
    rows = archive.with_texts(Entry.objects.filter(pk__in=keys), language).order_by("pk", "topics__qcode")
    return rows.values_list(*columns, "shown__version_id", "topics__qcode", labels)


def _whole(rows: QuerySet[Entry], language: str, missing: list[int]) -> dict[int, Entry]:
    """Those of the rows with their texts, without what left the list since."""
    return {entry.pk: entry for entry in archive.with_texts(rows, language).filter(pk__in=missing)}


def _made(entry: Entry, topics: Topics, writer: Writer) -> Piece:
    """The item of an entry, kept under what this very row shows: it may be newer than what was read before."""
    known = [Topic(qcode=qcode, labels=json.loads(labels)) for qcode, labels in topics]
    entry._prefetched_objects_cache = {"topics": known}  # type: ignore[attr-defined]  # as Django keeps them
    item, version = of_entry(entry), getattr(entry, "shown", None)
    piece = Piece(writer.piece(item), len(item.content), item.published_at, item.updated_at)
    mark = (*_read(entry), version.version_id if version is not None else None, topics)
    kept.put(_key(mark, writer), piece, len(piece.text))
    return piece


def _key(mark: Mark, writer: Writer) -> Mark:
    """The form, and where a portal is that has no origin of its own."""
    return (writer.TYPE, settings.LOA_ORIGIN, *mark)
