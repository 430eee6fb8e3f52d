"""Entries tried against many searches at once: a small index in memory that is asked each of them in turn.

It knows no folder and waits for no commit, so that whoever follows a search misses nothing while the index is built.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import tantivy

from loa.search import fields, queries, reading, record
from loa.search.asking import Asker, Rarities
from loa.search.fields import Document
from loa.search.queries import Narrowing
from loa.search.tree import Filters, Question

_HEAP = 15_000_000  # Tantivy takes no less
_AT_ONCE = 500  # entries

Asked = tuple[Question, Filters]


def asked(portal_id: int, searches: Mapping[str, Mapping[str, str]]) -> dict[str, Asked]:
    """Searches of a portal as its page of results reads them: `q`, and what was chosen beside the words."""
    synonyms, found = queries.synonyms_of(portal_id), {}
    for name, said in searches.items():
        question = synonyms.widen(reading.parse(said.get("q", "")))
        found[name] = (question, queries.filters_of(portal_id, question, Narrowing.said_by(said)))
    return found


def matching(public_ids: Collection[str], searches: Mapping[str, Asked]) -> dict[str, set[str]]:
    """Which of these entries each search finds, as they are now; ids by the names of the searches."""
    found: dict[str, set[str]] = defaultdict(set)
    ids = list(public_ids)
    for start in range(0, len(ids), _AT_ONCE):
        documents = record.of_entries(ids[start : start + _AT_ONCE])
        index = _index_of(documents)
        searcher = index.searcher()
        asker = Asker(index.schema, Rarities(searcher), datetime.now(UTC).date())
        for name, (question, filters) in searches.items():
            if documents and not question.is_wordless:
                hits: Any = searcher.search(asker.matching(question, filters), limit=len(documents))
                keys = (str(searcher.doc(address).get_first("key")) for _, address in hits.hits)
                found[name] |= {key.rpartition(":")[0] for key in keys}
    return found


def _index_of(documents: Collection[Document]) -> tantivy.Index:
    index = tantivy.Index(fields.schema())
    fields.register(index)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for document in documents:
        writer.add_document(fields.to_row(document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index
