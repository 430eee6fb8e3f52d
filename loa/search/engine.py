"""Tantivy behind a few verbs: index, remove, search, rebuild, check."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy

from loa.search import fields, folder
from loa.search.asking import Asker
from loa.search.errors import IndexBusy, IndexUnavailable
from loa.search.fields import Document
from loa.search.tree import Filters, Question

_HEAP = 48_000_000
_FACETS = ("section", "organization", "year", "kind")
_MOST_VALUES = 50
# Deeper pages would hold every hit before them in memory; readers narrow down instead.
DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class Hits:
    """Keys in order, the number of all hits, and how they spread: {"year": {"2025": 3}}."""

    keys: tuple[str, ...] = ()
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Differences:
    """Where index and archive disagree, by key."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.extra)


class Engine:
    """An index in a folder. Threads may share one; any number of processes may read."""

    def __init__(self, home: Path, *, patience: float = 30.0) -> None:
        """`patience`: seconds to wait for another writer before raising IndexBusy."""
        self.folder = home
        self._patience = patience
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._seen: tuple[object, ...] = ()

    def exists(self) -> bool:
        """Whether there is an index that can be opened."""
        try:
            self._reader()
        except IndexUnavailable:
            return False
        return True

    def index(self, documents: Iterable[Document]) -> None:
        """Add or replace by key, in one commit. Raises IndexUnavailable, IndexBusy."""
        self._write(documents, ())

    def remove(self, keys: Iterable[str]) -> None:
        """Take out by key, in one commit; what is not there does no harm."""
        self._write((), keys)

    def replace(self, entries: Iterable[str], documents: Iterable[Document]) -> None:
        """Take these entries out in every language and put the documents in, in one commit.

        An entry without a document (withdrawn) is gone afterwards, and so is a translation
        that is no more. Twice is once.
        """
        self._write(documents, (), entries)

    def search(
        self,
        question: Question,
        filters: Filters,
        *,
        by_date: bool = False,
        offset: int = 0,
        limit: int = 20,
        facets: bool = False,
    ) -> Hits:
        """The hits from `offset` on, best or newest first. Raises IndexUnavailable."""
        if question.is_wordless:
            return Hits()
        with _damage_is_unavailable():
            index = self._reader()
            searcher = index.searcher()
            query = Asker(index.schema).query(question, filters)
            wanted = max(0, min(limit, DEEPEST - offset))
            found: Any = searcher.search(
                query,
                limit=max(1, wanted),
                offset=min(offset, DEEPEST),
                order_by_field="published" if by_date or not question.wanted() else None,
            )
            addresses = [address for _, address in found.hits][:wanted]
            keys = tuple(str(searcher.doc(address).get_first("key")) for address in addresses)
            return Hits(keys, int(found.count or 0), _facets(searcher, query) if facets else {})

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Write a new index beside the old and swap; returns how many documents went in.

        Readers keep the old index until the swap. Writers wait: nothing published meanwhile
        is lost. If `documents` raises, the old index stays.
        """
        with folder.one_writer(self.folder, self._patience):
            generation = folder.begin(self.folder)
            keep = {generation.name}
            with suppress(IndexUnavailable):
                keep.add(folder.current(self.folder).name)
            count = 0
            try:
                with _writer(_create(generation)) as writer:
                    for document in documents:
                        writer.add_document(fields.to_row(document))
                        count += 1
            except BaseException:
                folder.forget_old(self.folder, keep=keep - {generation.name})
                raise
            folder.name_as_current(self.folder, generation)
            # A reader may be about to open the one before; it goes with the next rebuild.
            folder.forget_old(self.folder, keep=keep)
        return count

    def check(self, expected: Mapping[str, str]) -> Differences:
        """Compare with the archive's digests by key: a flipped bit opens without an error."""
        present = dict(self._every_key())
        return Differences(
            missing=tuple(sorted(expected.keys() - present.keys())),
            changed=tuple(sorted(k for k, d in present.items() if expected.get(k, d) != d)),
            extra=tuple(sorted(present.keys() - expected.keys())),
        )

    def count(self) -> int:
        """How many documents readers can find."""
        with _damage_is_unavailable():
            return int(self._reader().searcher().num_docs)

    def _every_key(self) -> Iterator[tuple[str, str]]:
        with _damage_is_unavailable():
            searcher = self._reader().searcher()
            found: Any = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs))
            for _, address in found.hits:
                row = searcher.doc(address)
                yield str(row.get_first("key")), str(row.get_first("digest"))

    def _write(self, documents: Iterable[Document], removed: Iterable[str], entries: Iterable[str] = ()) -> None:
        # By key the last one wins: adding twice in one commit would double it.
        rows = {document.key: document for document in documents}
        leaving = [*(("key", key) for key in {*removed, *rows}), *(("entry", entry) for entry in entries)]
        if not leaving:
            return
        with folder.one_writer(self.folder, self._patience), _damage_is_unavailable():
            index = _open(folder.current(self.folder))
            with _writer(index) as writer:
                for name, value in leaving:
                    writer.delete_documents_by_term(name, value)
                for document in rows.values():
                    writer.add_document(fields.to_row(document))

    def _reader(self) -> tantivy.Index:
        """The current index, as of its last commit."""
        with self._lock:
            generation = folder.current(self.folder)
            seen = (generation.name, _stamp(generation))
            if self._index is None or self._seen[0] != generation.name:
                self._index = _open(generation)
            elif self._seen != seen:
                with _damage_is_unavailable():
                    self._index.reload()
            self._seen = seen
            return self._index


def _stamp(generation: Path) -> tuple[int, int, int]:
    try:
        meta = (generation / "meta.json").stat()
    except OSError as error:
        raise IndexUnavailable("the index has lost its contents page") from error
    return meta.st_ino, meta.st_mtime_ns, meta.st_size


def _create(generation: Path) -> tantivy.Index:
    index = tantivy.Index(fields.schema(), path=str(generation))
    fields.register(index)
    return index


def _open(generation: Path) -> tantivy.Index:
    with _damage_is_unavailable():
        index = tantivy.Index.open(str(generation))
        index.config_reader(reload_policy="manual")
        fields.register(index)
        index.reload()
        return index


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[Any]:
    """A writer whose work is committed at the end, or not at all."""
    try:
        writer = index.writer(heap_size=_HEAP, num_threads=1)
    except ValueError as error:
        if "lock" in str(error).lower():
            raise IndexBusy("another writer holds the search index") from error
        raise
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        # This, not the garbage collector, gives Tantivy's own lock back.
        writer.wait_merging_threads()


@contextmanager
def _damage_is_unavailable() -> Iterator[None]:
    """Tantivy answers damage with ValueError, OSError or a Rust panic; readers need one fact."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnavailable(f"the search index cannot be read: {error}") from error
    except BaseException as error:
        # A panic comes as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise IndexUnavailable("the search index is damaged") from error
        raise


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, dict[str, int]]:
    wanted = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in _FACETS}
    answer = searcher.aggregate(query, wanted)
    return {name: _buckets(answer.get(name, {})) for name in _FACETS}


def _buckets(facet: Mapping[str, Any]) -> dict[str, int]:
    return {_label(bucket["key"]): int(bucket["doc_count"]) for bucket in facet.get("buckets", ())}


def _label(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
