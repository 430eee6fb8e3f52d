"""Tantivy behind a few verbs: index, remove, search, rebuild, check."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import tantivy

from loa.search import counting, damage, fields, folder, ladder, opened, pen
from loa.search.asking import Asker, Weights
from loa.search.errors import IndexUnavailable
from loa.search.fields import Document
from loa.search.tree import Filters, Question

_HEAP_OF_ALL = 240_000_000  # bytes a rebuild holds before they are written
# Deeper pages would hold every hit before them in memory; readers narrow down or sort by date instead.
DEEPEST = 1_000
# What became of the record while an index was being built: the entries, and their documents now.
Late = tuple[Iterable[str], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Hits:
    """Keys in order, the number of all hits, and how they spread over entries: {"year": {"2025": 3}}.

    A hit is a text; `entries` is how many entries they belong to, 0 where nobody asked for facets; `is_about` where a
    sample was counted. Sorted by date, `turns` holds the place in time of each.
    """

    keys: tuple[str, ...] = ()
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    turns: tuple[int, ...] = ()
    entries: int = 0
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the hits: from `offset` on, or by date those before or after a place in time."""

    limit: int = 20
    offset: int = 0
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """Where index and archive disagree, by key."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.extra)


@dataclass(frozen=True, slots=True)
class Change:
    """What leaves an index, as (field, value), what comes in, and what is known of both."""

    leaving: list[tuple[str, str]]
    coming: list[Document]
    removed: set[str]  # keys that do not come in again
    entries: list[str]
    staying: Counter[str]  # how many texts each entry will have

    @classmethod
    def of(cls, documents: Iterable[Document], removed: Iterable[str], entries: Iterable[str]) -> "Change":
        """By key the last one wins: adding twice in one commit would double it."""
        rows = {document.key: document for document in documents}
        removed, entries = set(removed), list(entries)
        leaving = [*(("key", key) for key in {*removed, *rows}), *(("entry", entry) for entry in entries)]
        staying = Counter(document.entry for document in rows.values())
        return cls(leaving, list(rows.values()), removed - rows.keys(), entries, staying)

    def known_to(self, index: tantivy.Index) -> "Change":
        """The same without what is not in an index, as of its last commit, and need not leave it.

        To look for one word is cheap, while a writer looks for all that leaves in each part of the index, twice.
        """
        searcher = index.searcher()
        return replace(self, leaving=[(name, value) for name, value in self.leaving if searcher.doc_freq(name, value)])

    def takes_out(self, index: tantivy.Index) -> bool:
        """Whether a key leaves for good, or an entry is in the index with more texts than it will have."""
        if self.removed:
            return True
        searcher = index.searcher()
        known = (entry for entry in self.entries if searcher.doc_freq("entry", entry))
        queries = ((entry, tantivy.Query.term_query(index.schema, "entry", entry)) for entry in known)
        return any(counting.texts(searcher, query) > self.staying[entry] for entry, query in queries)


class Engine:
    """An index in a folder. Threads may share one; any number of processes may read."""

    def __init__(
        self, home: Path, *, patience: float = 30.0, weights: Weights | None = None, heap: int = pen.HEAP
    ) -> None:
        """`patience`: seconds to wait for another writer before raising IndexBusy; `heap`: bytes held until written."""
        self.folder = home
        self._patience = patience
        self._pen = pen.Pen(home, patience, heap)
        self._weights = weights or Weights()
        self._reader = opened.Reader(home)

    def exists(self) -> bool:
        """Whether there is an index that can be opened."""
        try:
            self._reader.now()
        except IndexUnavailable:
            return False
        return True

    def index(self, documents: Iterable[Document]) -> None:
        """Add or replace by key, in one commit. Raises IndexUnavailable, IndexBusy."""
        self._write(documents, ())

    def remove(self, keys: Iterable[str]) -> None:
        """Take out by key, in one commit; what is not there does no harm."""
        self._write((), keys)

    def replace(self, entries: Iterable[str], documents: Iterable[Document], *, is_more: bool = False) -> None:
        """Take these entries out in every language and put the documents in, in one commit.

        An entry without a document (withdrawn) is gone afterwards, and so is a translation
        that is no more. Twice is once.

        `is_more`: the next call commits this too, and does not speak of the same entries; one that commits may be
        empty. Should it raise, both may be lost.
        """
        self._write(documents, (), entries, is_more=is_more)

    def search(
        self,
        question: Question,
        filters: Filters,
        part: Part = Part(),
        *,
        by_date: bool = False,
        facets: bool = False,
        today: date | None = None,
    ) -> Hits:
        """The hits, best or newest first. Raises IndexUnavailable."""
        if question.is_wordless:
            return Hits()
        with damage.is_unavailable():
            now = self._reader.now()
            searcher, day = now.searcher, today or datetime.now(UTC).date()
            asker = Asker(now.index.schema, now.rarities, day, self._weights)
            if by_date or not question.wanted():
                return _by_date(searcher, asker, question, filters, part, facets=facets)
            found = _by_relevance(searcher, asker, question, filters, part, facets=facets)
            if found.total or not asker.is_long(question):
                return found
            return _by_relevance(searcher, replace(asker, is_loose=True), question, filters, part, facets=facets)

    def rebuild(self, documents: Iterable[Document], late: Callable[[], Late] | None = None) -> int:
        """Write a new index beside the old and swap; returns how many documents went in at first.

        Meanwhile readers and writers go on with the old one; `late` is asked at the end, under the writers' lock, for
        what changed since. If `documents` raises, the old index stays. Raises IndexBusy while another rebuild goes on,
        IndexUnwritten where the disk does not take it.
        """
        with folder.one_rebuild(self.folder):
            generation, began = folder.begin(self.folder), time.time()
            count = 0
            try:
                with damage.is_unwritten(), _committed(_create(generation), _HEAP_OF_ALL) as writer:
                    for document in documents:
                        writer.add_document(fields.to_row(document))
                        count += 1
                with folder.one_writer(self.folder, self._patience):
                    if late is not None:
                        entries, changed = late()
                        index = opened.for_reading(generation)
                        with damage.is_unavailable(), _committed(index) as writer:
                            self._put(Change.of(changed, (), entries), index, writer)
                    folder.name_as_current(self.folder, generation)
            except BaseException:
                folder.forget(generation)
                raise
            # The one before goes at once: it may hold what a court ordered erased. Who is reading it goes on reading.
            folder.forget_old(self.folder, keep={generation.name})
            folder.forget_taken_out(self.folder, began)
        return count

    def check(self, expected: Mapping[str, str], *, first: int | None = None, before: int | None = None) -> Differences:
        """Compare with the archive's digests by key, in a stretch of time or altogether."""
        present = dict(self._every_key(first, before))
        return Differences(
            missing=tuple(sorted(expected.keys() - present.keys())),
            changed=tuple(sorted(k for k, d in present.items() if expected.get(k, d) != d)),
            extra=tuple(sorted(present.keys() - expected.keys())),
        )

    def damaged_files(self) -> list[str]:
        """The names of files that are not as they were written; every byte is read. Raises IndexUnavailable."""
        return damage.damaged_files(folder.current(self.folder))

    def leftovers(self) -> int:
        """How many documents are out but still have words in the files; a rebuild leaves none."""
        return damage.leftovers(folder.current(self.folder))

    def has_taken_out(self) -> bool:
        """Whether a text is gone for good, and not only replaced by a newer one, whose words may be in the files."""
        return folder.is_taken_out(self.folder)

    def count(self) -> int:
        """How many documents readers can find."""
        return int(self.searcher().num_docs)

    def newest(self, query: tantivy.Query, most: int) -> list[str]:
        """Keys of the newest documents of a query. Raises IndexUnavailable."""
        with damage.is_unavailable():
            searcher = self.searcher()
            found: Any = searcher.search(query, limit=most, count=False, order_by_field="turn")
            return list(_keys(searcher, [address for _, address in found.hits]))

    def schema(self) -> tantivy.Schema:
        """The fields of the current index. Raises IndexUnavailable."""
        return self._reader.now().index.schema

    def searcher(self) -> tantivy.Searcher:
        """What was committed last, for spelling and suggestions. Raises IndexUnavailable."""
        with damage.is_unavailable():
            return self._reader.now().searcher

    def _every_key(self, first: int | None, before: int | None) -> Iterator[tuple[str, str]]:
        with damage.is_unavailable():
            index = self._reader.now().index
            searcher = index.searcher()
            query = tantivy.Query.all_query()
            if first is not None or before is not None:
                query = tantivy.Query.range_query(
                    index.schema, "turn", tantivy.FieldType.Integer, first, before, True, before is None
                )
            found: Any = searcher.search(query, limit=max(1, counting.texts(searcher, query)), count=False)
            for _, address in found.hits:
                row = searcher.doc(address)
                yield str(row.get_first("key")), str(row.get_first("digest"))

    def _write(
        self,
        documents: Iterable[Document],
        removed: Iterable[str],
        entries: Iterable[str] = (),
        *,
        is_more: bool = False,
    ) -> None:
        change = Change.of(documents, removed, entries)
        if change.leaving or self._pen.is_open:
            with self._pen.in_hand(is_more=is_more) as writer:
                index = self._reader.now().index
                self._put(change.known_to(index), index, writer)

    def _put(self, change: "Change", index: tantivy.Index, writer: Any) -> None:
        if change.takes_out(index):
            folder.mark_taken_out(self.folder)
        for name, value in change.leaving:
            writer.delete_documents_by_term(name, value)
        for document in change.coming:  # while terms are made for the next one, Tantivy's thread is at this one
            writer.add_document(fields.to_row(document))


def _create(generation: Path) -> tantivy.Index:
    index = tantivy.Index(fields.schema(), path=str(generation))
    fields.register(index)
    return index


@contextmanager
def _committed(index: tantivy.Index, heap: int = pen.HEAP) -> Iterator[Any]:
    """A writer whose work is committed at the end, or not at all."""
    with pen.opened(index, heap) as writer:
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise


def _by_relevance(
    searcher: tantivy.Searcher, asker: Asker, question: Question, filters: Filters, part: Part, *, facets: bool
) -> Hits:
    offset, wanted = min(part.offset, DEEPEST), max(0, min(part.limit, DEEPEST - part.offset))
    found = ladder.best(searcher, asker, question, filters, offset, wanted) if wanted else []
    keys = _keys(searcher, found)
    counted = _count(searcher, asker, question, filters, facets=facets)
    return Hits(keys, counted.texts, counted.facets, entries=counted.entries, is_about=counted.is_about)


def _count(
    searcher: tantivy.Searcher, asker: Asker, question: Question, filters: Filters, *, facets: bool
) -> counting.Counted:
    """Without an order, which is half of the work."""
    count = counting.spread if facets else counting.total
    return count(searcher, asker, question, filters)


def _by_date(
    searcher: tantivy.Searcher, asker: Asker, question: Question, filters: Filters, part: Part, *, facets: bool
) -> Hits:
    """By their place in time; a cursor moves the beginning and changes neither the total nor the facets."""
    whole = asker.matching(question, filters)
    bound = part.before if part.after is None else part.after
    if bound is None:
        query, offset = whole, min(part.offset, DEEPEST)
    else:
        query, offset = (
            tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, whole),
                    (tantivy.Occur.Must, asker.since(bound, is_after=part.after is not None)),
                ]
            ),
            0,
        )
    is_upwards = part.after is not None
    found: Any = searcher.search(
        query,
        limit=max(1, part.limit),
        offset=offset,
        count=False,
        order_by_field="turn",
        order=tantivy.Order.Asc if is_upwards else tantivy.Order.Desc,
    )
    hits = found.hits[: part.limit][:: -1 if is_upwards else 1]
    counted = _count(searcher, asker, question, filters, facets=facets)
    keys, turns = _keys(searcher, [address for _, address in hits]), tuple(int(turn) for turn, _ in hits)
    return Hits(keys, counted.texts, counted.facets, turns, counted.entries, counted.is_about)


def _keys(searcher: tantivy.Searcher, addresses: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(searcher.doc(address).get_first("key")) for address in addresses)
