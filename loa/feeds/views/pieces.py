"""The items of feeds as they are written down, each kept under all it shows, so that a feed is mostly joined.

A correction changes one item of fifty, and fifty whole texts were read and written anew for it, in each list, form and
language. Now one short read tells what each item is made of; what was made of just that before is taken as it is.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any, Final, Protocol

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from loa.archive import queries as archive
from loa.archive.models import Entry, State
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


_pk: Final = itemgetter(SHOWN.index("pk"))
_state: Final = itemgetter(SHOWN.index("state"))
_newest: Final = itemgetter(SHOWN.index("published_at"), SHOWN.index("pk"))
_last_gone: Final = itemgetter(SHOWN.index("changed_at"), SHOWN.index("pk"))


def of(keys: Collection[int], language: str, writer: Writer, *, most: int, letters: int) -> list[Piece]:
    """The items of these entries: the newest ones, so many and of so many letters, then what was withdrawn last.

    Long texts are read and written only where no piece is kept.
    """
    marks = _marks(keys, language)
    published = sorted((one for one in marks if _state(one) == State.PUBLISHED), key=_newest, reverse=True)[:most]
    withdrawn = sorted((one for one in marks if _state(one) == State.WITHDRAWN), key=_last_gone, reverse=True)[:most]
    found = {_pk(mark): kept.get(_key(mark, writer)) for mark in (*published, *withdrawn)}
    entries = _whole([pk for pk, piece in found.items() if piece is None], language)
    items: list[Piece] = []
    for marked in (published, withdrawn):
        left = letters
        for mark in marked:
            if left < 0:
                break
            piece = found[_pk(mark)] or _made(entries.get(_pk(mark)), mark, writer)
            if piece is not None:
                items.append(piece)
                left -= piece.letters
    return items


def _marks(keys: Collection[int], language: str) -> list[Mark]:
    """What each entry is made of, in no order; one short read, with a line for each of its topics."""
    if not keys:
        return []
    asked = prepared.asked(_lines, keys=prepared.padded(keys), language=language)
    topics: dict[int, list[tuple[str, str]]] = {}
    first: list[tuple[Any, ...]] = []  # lines of each entry: the others differ in their topic alone
    for line in asked.columns:
        pk, qcode, labels = line[0], line[-2], line[-1]
        if pk not in topics:
            topics[pk] = []
            first.append(line)
        if qcode:
            topics[pk].append((qcode, labels))
    return [(*shown, tuple(topics[shown[0]])) for *shown, _qcode, _labels in asked.tuples(first)]


def _lines(*, keys: list[int], language: str) -> QuerySet[Entry, tuple[Any, ...]]:
    columns = [name.replace(".", "__") for name in SHOWN]
    labels = Cast("topics__labels", TextField())  # not read: that is for whoever has to write the item
    rows = archive.with_texts(Entry.objects.filter(pk__in=keys), language).order_by("pk", "topics__qcode")
    return rows.values_list(*columns, "shown__version_id", "topics__qcode", labels)


def _whole(keys: list[int], language: str) -> dict[int, Entry]:
    """Those entries with their texts."""
    if not keys:
        return {}
    return {entry.pk: entry for entry in prepared.rows(_with_texts, keys=prepared.padded(keys), language=language)}


def _with_texts(*, keys: list[int], language: str) -> QuerySet[Entry]:
    return archive.with_texts(Entry.objects.select_related(*archive.SHOWN_WITH).filter(pk__in=keys), language)


def _made(entry: Entry | None, mark: Mark, writer: Writer) -> Piece | None:
    """The item of an entry, kept under what this very row shows: it may be newer than what was read before.

    None where it left the list since.
    """
    if entry is None or entry.state != _state(mark):
        return None
    *_, topics = mark
    known = [Topic(qcode=qcode, labels=json.loads(labels)) for qcode, labels in topics]
    entry._prefetched_objects_cache = {"topics": known}  # type: ignore[attr-defined]  # as Django keeps them
    item, version = of_entry(entry), getattr(entry, "shown", None)
    piece = Piece(writer.piece(item), len(item.content), item.published_at, item.updated_at)
    shown = (*_read(entry), version.version_id if version is not None else None, topics)
    kept.put(_key(shown, writer), piece, len(piece.text))
    return piece


def _key(mark: Mark, writer: Writer) -> Mark:
    """The form, and where a portal is that has no origin of its own."""
    return (writer.TYPE, settings.LOA_ORIGIN, *mark)
