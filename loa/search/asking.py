"""A question turned into Tantivy's queries, with the weights that order the hits."""

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from loa.search.fields import TEXTS, pairs
from loa.search.tree import Filters, Question, Words

_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

# Up to this many terms all must be there; of a longer question this share, which ranks real
# questions as well as plain BM25 does (measured: nDCG@10 0.69, 0.68 typed without marks).
_ALL_UP_TO = 4
_SHARE_OF_LONG = 0.35

# Flat additions, larger than any difference in BM25: the spelling that was asked for comes
# first, then the words standing together, then everything else by BM25.
_EXACT_TOGETHER = 60.0
_EXACT_WITHOUT_MARKS = 5.0
_TOGETHER = 30.0
_PAIR_WEIGHT = 0.3
_EXACT_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Asker:
    """Builds queries for one schema."""

    schema: tantivy.Schema

    def query(self, question: Question, filters: Filters) -> tantivy.Query:
        """Everything the question and its filters ask for."""
        clauses = [(_MUST, clause) for clause in self._filters(filters)]
        if question.terms.folded:
            clauses.append((_MUST, self._terms(question.terms)))
        clauses += [(_MUST, self._phrase(words.folded, "folded")) for words in question.phrases]
        clauses += [(_NOT, self._unwanted(words)) for words in question.excluded]
        for words in question.wanted():
            clauses += [(_SHOULD, clause) for clause in self._preferences(words)]
        return tantivy.Query.boolean_query(clauses)

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        for name in ("portal", "section", "organization", "language", "kind", "original"):
            value = getattr(filters, name)
            if value or name == "portal":
                yield self._flat(self._term(name, value), 0.0)
        if filters.year is not None:
            yield self._flat(self._term("year", filters.year), 0.0)

    def _terms(self, words: Words) -> tantivy.Query:
        unique = dict.fromkeys(words.folded)
        clauses = [(_SHOULD, self._anywhere(term)) for term in unique]
        needed = len(clauses) if len(clauses) <= _ALL_UP_TO else round(len(clauses) * _SHARE_OF_LONG)
        return tantivy.Query.boolean_query(clauses, minimum_number_should_match=needed)

    def _anywhere(self, term: str, form: str = "folded") -> tantivy.Query:
        return tantivy.Query.disjunction_max_query(
            [tantivy.Query.boost_query(self._term(f"{name}_{form}", term), weight) for name, weight in TEXTS.items()],
            tie_breaker=0.3,
        )

    def _preferences(self, words: Words) -> Iterable[tantivy.Query]:
        if len(words.folded) > 1:
            yield self._flat(self._phrase(words.folded, "folded"), _TOGETHER)
        yield self._flat(
            self._phrase(words.exact, "exact"),
            _EXACT_TOGETHER if words.has_marks else _EXACT_WITHOUT_MARKS,
        )
        for pair in dict.fromkeys(pairs(list(words.folded))):
            yield tantivy.Query.boost_query(self._anywhere(pair, "pairs"), _PAIR_WEIGHT)
        # Without marks the exact form would only favour authors who write without them too.
        for term in dict.fromkeys(words.exact if words.has_marks else ()):
            yield tantivy.Query.boost_query(self._anywhere(term, "exact"), _EXACT_WEIGHT)

    def _unwanted(self, words: Words) -> tantivy.Query:
        # "-má" must not take "mà" away as well.
        if words.has_marks:
            return self._phrase(words.exact, "exact")
        return self._phrase(words.folded, "folded")

    def _phrase(self, terms: tuple[str, ...], form: str) -> tantivy.Query:
        if len(terms) == 1:
            return self._anywhere(terms[0], form)
        return tantivy.Query.boolean_query(
            [(_SHOULD, tantivy.Query.phrase_query(self.schema, f"{name}_{form}", list(terms))) for name in TEXTS]
        )

    def _term(self, name: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, name, value)

    @staticmethod
    def _flat(query: tantivy.Query, score: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, score)
