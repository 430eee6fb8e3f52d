"""How many entries the hits of a search are, and how they spread over senders, topics, years and the like."""

from collections.abc import Mapping
from typing import Any

import tantivy

from loa.search.tree import Filters

_FACETS = ("section", "organization", "topic", "place", "language", "kind", "year")
_MOST_VALUES = 12
_EXACTLY = 3_000  # texts; of more the entries are counted to a hundredth (HyperLogLog)
# All texts of an entry share its place in time, and no other entry has it.
_ENTRIES = {"cardinality": {"field": "turn"}}


def spread(
    searcher: tantivy.Searcher, query: tantivy.Query, filters: Filters, total: int
) -> tuple[int, dict[str, dict[str, int]]]:
    """How many entries the hits are texts of, and the facets: an entry found in three languages is one result."""
    facets = _facets(searcher, query)
    if filters.original or len(facets["language"]) < 2:
        return total, facets
    if total > _EXACTLY:
        counted = searcher.aggregate(query, {"entries": _ENTRIES})
        return int(counted["entries"]["value"]), facets
    found: Any = searcher.search(query, limit=total, count=False, order_by_field="turn")
    return len({turn for turn, _ in found.hits}), _facets(searcher, query, by_entry=True)


def _facets(searcher: tantivy.Searcher, query: tantivy.Query, *, by_entry: bool = False) -> dict[str, dict[str, int]]:
    # Of each segment more than are shown, so that their sums are right; all two thousand senders would take five times
    # as long.
    sizes = {"size": _MOST_VALUES, "segment_size": _MOST_VALUES * 10}
    within = {"aggs": {"entries": _ENTRIES}} if by_entry else {}
    wanted = {name: {"terms": {"field": name, **sizes}, **within} for name in _FACETS}
    answer = searcher.aggregate(query, wanted)
    return {name: _buckets(answer.get(name, {})) for name in _FACETS}


def _buckets(facet: Mapping[str, Any]) -> dict[str, int]:
    found = {_label(bucket["key"]): _number(bucket) for bucket in facet.get("buckets", ())}
    return {label: count for label, count in found.items() if label}


def _number(bucket: Mapping[str, Any]) -> int:
    return int(bucket["entries"]["value"] if "entries" in bucket else bucket["doc_count"])


def _label(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
