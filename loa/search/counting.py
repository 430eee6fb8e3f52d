"""How many entries the hits of a search are, and how they spread over senders, topics, years and the like.

Of a large archive a sample is counted, drawn by chance when the entries were indexed: all hits of a common word cost
more to count than to rank, and nobody reads the difference between 214,000 and 213,816.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import tantivy

from loa.search.asking import Asker
from loa.search.fields import SAMPLES
from loa.search.tree import Filters, Question

# Of a language an entry has one text, so its texts are its entries.
_FACETS = ("language", "section", "organization", "topic", "place", "kind", "year")
_MOST_VALUES = 12
_OF_EACH_PART, _OF_EACH_SAMPLE = 120, 24  # values taken of each part of the index, so that their sums are right
_EXACTLY = 3_000  # texts; of more the entries are counted to a hundredth (HyperLogLog)
_ALL_OF = 50_000  # texts; an archive of no more is counted whole
_ENOUGH = 400  # hits in a sample, which then says within some hundredths how many there are
# All texts of an entry share its place in time, and no other entry has it.
_ENTRIES = {"cardinality": {"field": "turn"}}
_MUST = tantivy.Occur.Must


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts, the entries they are of, and the facets: {"year": {"2025": 3}}; `is_about` where a sample was counted."""

    texts: int = 0
    entries: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    is_about: bool = False


def spread(searcher: tantivy.Searcher, asker: Asker, question: Question, filters: Filters) -> Counted:
    """Count the hits of a question: an entry found in three languages is one result."""
    query, size = asker.matching(question, filters), _first_size(searcher, asker, question)
    while size > 1:
        within = _within(asker, query, size)
        sampled = _counted(searcher, within, values=_OF_EACH_SAMPLE)
        if sampled.texts >= _ENOUGH:
            return _times(sampled, size, searcher, within, filters)
        size = _next_size(sampled.texts * size)
    whole = _counted(searcher, query)
    if _is_one_text(whole, filters):
        return whole
    by_entry = _counted(searcher, query, by_entry=True)
    if whole.texts > _EXACTLY:
        return by_entry
    found: Any = searcher.search(query, limit=max(1, whole.texts), count=False, order_by_field="turn")
    return replace(by_entry, entries=len({turn for turn, _ in found.hits}))


def total(searcher: tantivy.Searcher, asker: Asker, question: Question, filters: Filters) -> Counted:
    """The same without the facets and without a look at how many entries they are of."""
    query, size = asker.matching(question, filters), _first_size(searcher, asker, question)
    while size > 1:
        sampled = texts(searcher, _within(asker, query, size))
        if sampled >= _ENOUGH:
            return Counted(sampled * size, is_about=True)
        size = _next_size(sampled * size)
    return Counted(texts(searcher, query))


def texts(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many texts a query finds, none of them weighed."""
    found: Any = searcher.search(tantivy.Query.const_score_query(query, 0.0), limit=1)
    return int(found.count)


def _first_size(searcher: tantivy.Searcher, asker: Asker, question: Question) -> int:
    """The sample to look into first, as one of so many entries; 1 where all hits are to be counted.

    Of a long question there are never very many, and looking into a sample takes as long as into all.
    """
    if searcher.num_docs <= _ALL_OF or asker.is_long(question):
        return 1
    return SAMPLES[0] if asker.at_most(question) >= _ENOUGH * SAMPLES[-1] else 1


def _next_size(about: int) -> int:
    """Where the smallest sample did not tell enough: the other, if it will."""
    return SAMPLES[-1] if _ENOUGH * SAMPLES[-1] <= about < _ENOUGH * SAMPLES[0] else 1


def _within(asker: Asker, query: tantivy.Query, size: int) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, asker.term("sample", str(size))), (_MUST, query)])


def _times(sampled: Counted, size: int, searcher: tantivy.Searcher, within: tantivy.Query, filters: Filters) -> Counted:
    if not _is_one_text(sampled, filters):
        sampled = _counted(searcher, within, by_entry=True, values=_OF_EACH_SAMPLE)
    facets = {name: {label: count * size for label, count in one.items()} for name, one in sampled.facets.items()}
    return Counted(sampled.texts * size, sampled.entries * size, facets, is_about=True)


def _is_one_text(counted: Counted, filters: Filters) -> bool:
    """Whether no entry can be among the hits twice."""
    return bool(filters.original) or len(counted.facets["language"]) < 2


def _counted(
    searcher: tantivy.Searcher, query: tantivy.Query, *, by_entry: bool = False, values: int = _OF_EACH_PART
) -> Counted:
    """Texts, and facets that count them or, `by_entry`, the entries they are of; then there are these in all too."""
    # All two thousand senders would take five times as long.
    sizes = {"size": _MOST_VALUES, "segment_size": values}
    wanted: dict[str, Any] = {name: {"terms": {"field": name, **sizes}} for name in _FACETS}
    if by_entry:
        for name in _FACETS[1:]:
            wanted[name]["aggs"] = {"entries": _ENTRIES}
        wanted["entries"] = _ENTRIES
    answer = searcher.aggregate(query, wanted)
    texts = _in_all(answer.get("language", {}))
    entries = min(round(answer.get("entries", {}).get("value") or 0), texts) if by_entry else texts
    return Counted(texts, entries, {name: _buckets(answer.get(name, {})) for name in _FACETS})


def _in_all(facet: Mapping[str, Any]) -> int:
    """Texts of a facet of which each has one value; to count them apart would be one more walk through all."""
    shown = sum(int(bucket["doc_count"]) for bucket in facet.get("buckets", ()))
    return shown + int(facet.get("sum_other_doc_count", 0))


def _buckets(facet: Mapping[str, Any]) -> dict[str, int]:
    found = sorted(facet.get("buckets", ()), key=_number, reverse=True)
    return {label: _number(bucket) for bucket in found if (label := _label(bucket["key"]))}


def _number(bucket: Mapping[str, Any]) -> int:
    return int(bucket["entries"]["value"] if "entries" in bucket else bucket["doc_count"])


def _label(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
