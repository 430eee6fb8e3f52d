"""What of the archive is indexed: entries as documents, and the digests the index is compared with."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from loa.archive.models import CrossListing, Entry, Notice, State, Translation, Version
from loa.search.engine import Late
from loa.search.fields import TURN_BITS, Document, first_turn
from loa.topics.models import Topic

_CHUNK = 500
# Half of what a row holds, and most of what there is to be made of it.
_NOT_INDEXED = (
    "replies", "statement", "current__body_html", "current__contact", "current__pictures", "current__videos",
    "current__attachments", "current__note",
)  # fmt: skip
_WINDOW = 2_000  # entries compared at a time


def everything() -> Iterator[Document]:
    """Every document of every portal, for a rebuild."""
    published = Entry.objects.filter(state=State.PUBLISHED).select_related("current").defer(*_NOT_INDEXED)
    shown = published.iterator(chunk_size=_CHUNK)
    while some := list(islice(shown, _CHUNK)):
        yield from documents_of_many(some)


def of_entries(public_ids: Iterable[str]) -> list[Document]:
    """The documents of these entries as they are now; none of those withdrawn or unknown."""
    found = rows().filter(public_id__in=list(public_ids), state=State.PUBLISHED)
    return [one for entry in found for one in documents_of(entry)]


def documents_of_many(entries: Sequence[Entry]) -> list[Document]:
    """The documents of entries that have their texts with them; what else they lack is read at once for all."""
    prefetch_related_objects(entries, "organization", "section", "place__successor", "portal")
    ids = [entry.pk for entry in entries]
    topics = _topics_of(ids)
    # Few have such rows; a manager for each that has none would cost as much as all the rest.
    has_more = {pk for model in (Translation, CrossListing) for pk in _entries_in(model, ids)}
    if more := [entry for entry in entries if entry.pk in has_more]:
        prefetch_related_objects(more, *_more())
    return [
        one
        for entry in entries
        for one in (documents_of(entry) if entry.pk in has_more else _original(entry, topics[entry.pk], listed=[]))
    ]


def _topics_of(ids: Sequence[int]) -> dict[int, list[Topic]]:
    """The topics of these entries, by entry."""
    pairs = list(Entry.topics.through.objects.filter(entry__in=ids).values_list("entry_id", "topic_id"))
    known = Topic.objects.in_bulk({qcode for _, qcode in pairs})
    found: dict[int, list[Topic]] = defaultdict(list)
    for entry, qcode in pairs:
        found[entry].append(known[qcode])
    return found


def _entries_in(model: type[Translation] | type[CrossListing], ids: Sequence[int]) -> Iterator[int]:
    yield from model._default_manager.filter(entry__in=ids).values_list("entry_id", flat=True)


def changed_from_now() -> Callable[[], Late]:
    """A question to be asked later: which entries have changed since now, and their documents then."""
    newest = Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def late() -> Late:
        changed = Notice.objects.filter(id__gt=newest).values_list("entry__public_id", flat=True)
        ids = list(dict.fromkeys(changed))
        return ids, of_entries(ids)

    return late


def rows() -> QuerySet[Entry]:
    """Entries with what a document is made of."""
    joined = Entry.objects.select_related("current", "organization", "section", "place__successor", "portal")
    return joined.prefetch_related(*_more())


def _more() -> "tuple[str | Prefetch[Any], ...]":
    """What stands in tables of its own; a lookup belongs to one read, for Django leaves hints in it."""
    return "topics", "cross_listings", Prefetch("translations", Translation.objects.select_related("version"))


def documents_of(entry: Entry) -> Iterator[Document]:
    """One a language, the original's first."""
    topics, listed = list(entry.topics.all()), _listed(entry)
    yield from _original(entry, topics, listed=listed)
    for row in entry.translations.all():
        if entry.current is not None and row.language != entry.current.language:
            yield document(entry, row.version, topics, listed=listed, is_original=False)


def _original(entry: Entry, topics: Sequence[Topic], *, listed: list[str]) -> Iterator[Document]:
    if entry.current is None:
        raise ValueError(f"entry {entry.public_id} has no version")
    yield document(entry, entry.current, topics, listed=listed)


def document(
    entry: Entry, version: Version, topics: Sequence[Topic], *, listed: list[str], is_original: bool = True
) -> Document:  # fmt: skip
    """One text of an entry as plain values for the engine; `listed`: the other portals whose lists lead to it."""
    return Document(
        key=f"{entry.public_id}:{version.language}", portal=str(entry.portal_id), language=version.language,
        headline=version.headline, subtitle=version.subtitle, lead=version.lead, body=version.body_text,
        organization=_senders(entry, version), organization_slugs=_slugs(entry, version),
        place=_place(entry), place_key=str(entry.place_id or ""), sections=[entry.section.slug],
        topics=[topic.pk for topic in topics], topic_names=[name for topic in topics for name in _labels(topic.labels)],
        kind=entry.kind, published_at=entry.published_at,
        day=entry.published_at.astimezone(ZoneInfo(entry.portal.time_zone)).date(),
        digest=_digest(version.digest, entry.organization.name, entry.section.slug, entry.place_id, entry.kind,
                       entry.published_at, *listed),
        people=[quote["name"] for quote in version.quotes],
        documents=[f"{one['number']} {one.get('title', '')}" for one in version.documents],
        is_original=is_original, listed=listed, facts=_words(version.facts),
    )  # fmt: skip


def _listed(entry: Entry) -> list[str]:
    """The other portals whose lists lead to it."""
    rows = [one for one in entry.cross_listings.all() if one.state == CrossListing.State.LISTED]
    return sorted(str(one.portal_id) for one in rows)


def _digest(*of: object) -> str:
    """Changes with whatever a document is made of and readers would miss."""
    said = "\n".join(one.isoformat() if isinstance(one, datetime) else str(one) for one in of)
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def _senders(entry: Entry, version: Version) -> str:
    """Everybody a text is from, by each of their names; a joint one is found by any."""
    own = (entry.organization.name, entry.organization.name_en)
    return " · ".join(filter(None, [*own, *(str(one.get("name", "")) for one in version.partners)]))


def _slugs(entry: Entry, version: Version) -> list[str]:
    """The organizations a text is listed under, the first sender's first."""
    return list(dict.fromkeys([entry.organization.slug, *filter(None, (one.get("slug") for one in version.partners))]))


def _place(entry: Entry) -> str:
    """The place under its names, and under that of the place it was merged into: who types today's name finds both."""
    found = [one for one in (entry.place, entry.place and entry.place.successor) if one is not None]
    return " · ".join(dict.fromkeys(name for one in found for name in (one.name, one.name_en) if name))


def _labels(labels: dict[str, Any]) -> list[str]:
    return [str(labels[language]) for language in ("vi", "en") if labels.get(language)]


def _words(facts: dict[str, Any]) -> list[str]:
    """What of the facts people look for: venues with where they are, a product, a person with their role, a period."""
    venues = [" ".join(str(part) for part in one.values()) for one in facts.get("venues", [])]
    return [*venues, *(str(facts[name]) for name in ("name", "person", "role", "period", "audience") if name in facts)]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time (places in time, open where None) and the digests of its documents by key."""

    expected: dict[str, str]
    first: int | None
    before: int | None


_COLUMNS = ("public_id", "organization__name", "section__slug", "place_id", "kind", "published_at")


def windows() -> Iterator[Window]:
    """The whole record piece by piece in the order of time, so that a million entries fit into little memory."""
    public = Entry.objects.filter(state=State.PUBLISHED).order_by("published_at", "pk")
    last: tuple[datetime, int] | None = None
    first: int | None = None
    while True:
        rest = public.filter(Q(published_at__gt=last[0]) | Q(published_at=last[0], pk__gt=last[1])) if last else public
        ends = list(rest.values_list("published_at", "pk")[_WINDOW - 1 : _WINDOW])
        if not ends:
            yield Window(_expected(rest), first, None)
            return
        # Up to the end of that second: the index knows no smaller stretch.
        second = ends[0][0].replace(microsecond=999_999)
        yield Window(
            _expected(rest.filter(published_at__lte=second)), first, before := first_turn(second) + (1 << TURN_BITS)
        )
        first, last = before, (second, 2**62)


def _expected(entries: QuerySet[Entry]) -> dict[str, str]:
    texts = entries.values_list(*_COLUMNS, "pk", "current__language", "current__digest")
    found: dict[str, str] = {}
    about: dict[int, tuple[Any, ...]] = {}
    languages: dict[int, str] = defaultdict(str)
    listed: dict[int, list[str]] = defaultdict(list)
    rows = CrossListing.objects.filter(entry__in=entries.order_by().values("pk"), state=CrossListing.State.LISTED)
    for pk, portal in rows.values_list("entry_id", "portal_id"):
        listed[pk].append(str(portal))
    for public_id, *rest, pk, language, digest in texts:
        about[pk] = (public_id, *rest, *sorted(listed[pk]))
        languages[pk] = language
        found[f"{public_id}:{language}"] = _digest(digest, *about[pk][1:])
    translated = Translation.objects.filter(entry__in=entries.order_by().values("pk"))
    for pk, language, digest in translated.values_list("entry_id", "language", "version__digest"):
        if pk in about and language != languages[pk]:
            public_id, *rest = about[pk]
            found[f"{public_id}:{language}"] = _digest(digest, *rest)
    return found
