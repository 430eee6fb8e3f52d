"""Which hits are weighed: the likely best first, the others only where one of them could be better.

Weighing every text with two common words takes as long as all their lists. A text with the words in its headline, or
with the words together, outweighs nearly all others, and there are few of those: they are asked for alone, and what the
rest could weigh at most says whether that was enough. The order is the one that weighing everything would give.

How new a text is is told by its day, which is looked up for the best alone and settles the order among fifty.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tantivy

from loa.search.asking import Asker, all_of, any_of
from loa.search.fields import pairs
from loa.search.tree import Filters, Question, Words

_MANY = 10_000  # texts; fewer are weighed at once
# BM25 goes up to 2.2 times how rare a term is, for one repeated without end in a very short text. Bodies nearly reach
# that; a headline and a lead say a word once.
_REPEATED, _ONCE = 2.0, 1.35

_TOGETHER = 0.75  # the parts of a weight are never all at their most; of 300 questions none was answered otherwise
_FEW = 3_000  # texts that are weighed beside others without much ado
_MOST_LESS_ONE = 2  # words; to look for all but one of more takes as long as weighing everything
_AMONG = 50  # hits by weight among which the newer go first


@dataclass(frozen=True, slots=True)
class Step:
    """A query, and what a text that it leaves out weighs at most."""

    query: tantivy.Query
    beyond: float = -math.inf


def best(
    searcher: tantivy.Searcher, asker: Asker, question: Question, filters: Filters, offset: int, limit: int
) -> list[tantivy.DocAddress]:
    """Where the best hits are, from `offset` on; each page of a question is part of the same order."""
    first = offset // _AMONG * _AMONG
    needed = math.ceil((offset + limit) / _AMONG) * _AMONG - first
    hits: list[tuple[float, tantivy.DocAddress]] = []
    for step in steps(asker, question, filters):
        found: Any = searcher.search(step.query, limit=needed, offset=first, count=False)
        hits = found.hits
        if len(hits) == needed and hits[-1][0] >= step.beyond:
            break
    days = searcher.fast_field_values("day", [address for _, address in hits])
    newer = asker.recency(int(day or 0) for day in days)
    places = sorted(range(len(hits)), key=lambda at: (at // _AMONG, -hits[at][0] - newer[at]))
    return [hits[at][1] for at in places][offset - first : offset - first + limit]


def steps(asker: Asker, question: Question, filters: Filters) -> Iterator[Step]:
    """From the fewest texts to all; the first that fills the page with weights above `beyond` is the answer."""
    wanted = question.wanted()
    if len(wanted) == 1 and not asker.is_long(question) and asker.at_most(question) >= _MANY:
        for number, (within, beyond) in enumerate(_Rungs(asker, question, wanted[0]).steps()):
            yield Step(asker.query(question, filters, within, is_few=not number), beyond)
    yield Step(asker.query(question, filters))


class _Rungs:
    """The steps of one group of words, and the most that each part of a text's weight may be."""

    def __init__(self, asker: Asker, question: Question, words: Words) -> None:
        self._asker, self._words, weights = asker, words, asker.weights
        self._terms = list(dict.fromkeys(words.folded))
        self._pairs = list(dict.fromkeys(pairs(words.folded)))
        self._head = {term: weights.headline * self._most("headline_folded", term, _ONCE) for term in self._terms}
        rare = weights.pair * weights.headline
        self._head_pairs = {pair: rare * self._most("headline_pairs", pair, _ONCE) for pair in self._pairs}
        self._rest = self._most_without_headline(question)
        self._flat = weights.exact_together if words.has_marks else weights.exact_without_marks
        self._flat += weights.together if self._pairs else 0.0

    def steps(self) -> Iterator[tuple[tantivy.Query, float]]:
        """All words in the headline, or all as they were typed; then all words but one in the headline, or that.

        Each with the most that a text may weigh which is not among those.
        """
        heads = [self._asker.term("headline_folded", term) for term in self._terms]
        typed, alike = self._as_typed()
        most = (self._rest + self._headline(len(heads) - 1)) * _TOGETHER
        if alike <= _FEW:
            yield any_of([*typed, all_of(heads)]), most
        elif all(self._head.values()):
            yield all_of(heads), most + self._flat
        if typed and len(heads) <= _MOST_LESS_ONE:
            some = any_of(heads, at_least=max(1, len(heads) - 1))
            yield any_of([*typed, some]), (self._rest + self._headline(len(heads) - 2)) * _TOGETHER

    def _as_typed(self) -> tuple[list[tantivy.Query], int]:
        """What has the words together, or the one word in its spelling; and how many texts that are at most."""
        if self._pairs:
            counts = [self._asker.rarities.count("any_pairs", pair) for pair in self._pairs]
            return [all_of(self._asker.term("any_pairs", pair) for pair in self._pairs)], min(counts)
        if self._words.has_marks:
            exact = self._words.exact[0]
            return [self._asker.term("any_exact", exact)], self._asker.rarities.count("any_exact", exact)
        return [], _MANY

    def _headline(self, words: int) -> float:
        """What a headline adds at most that has so many of the words."""
        if words < 1:
            return 0.0
        alone = sorted(self._head.values(), reverse=True)[:words]
        return sum(alone) + sum(sorted(self._head_pairs.values(), reverse=True)[: words - 1])

    def _most_without_headline(self, question: Question) -> float:
        weights, words = self._asker.weights, self._words
        name, required = ("any_folded", self._terms) if question.terms.folded else ("any_pairs", self._pairs)
        most = sum(self._most(name, one, _REPEATED) for one in required)
        for term in filter(self._asker.tells_in_lead, self._terms):
            most += weights.lead * self._most("lead_folded", term, _ONCE)
        if len(self._pairs) > 1:
            most += weights.pair * sum(self._most("any_pairs", pair, _REPEATED) for pair in self._pairs)
        for term, typed in zip(words.folded, words.exact, strict=True):
            if len(self._terms) > 1 and self._asker.tells_in_spelling(words, term, typed):
                most += weights.exact * self._most("any_exact", typed, _REPEATED)
        for one in question.alternatives:
            most += max(sum(self._most("any_pairs", p, _REPEATED) for p in pairs(o.folded)) for o in one.others)
        return most

    def _most(self, name: str, term: str, factor: float) -> float:
        return factor * self._asker.rarities.of(name, term) if self._asker.rarities.count(name, term) else 0.0
