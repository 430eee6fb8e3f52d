"""A question turned into Tantivy's queries, with the weights that order the hits."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

import tantivy

from loa.search.fields import TEXTS, day_number, pairs
from loa.search.tree import Filters, Limit, Question, Words

_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_LONG_RUN = 4  # letters of a script without spaces; of more, most pairs must be there


@dataclass(frozen=True, slots=True)
class Weights:
    """What orders the hits; tried out by `bench/relevance.py`.

    The flat additions are larger than any difference in BM25: the spelling that was asked for comes first, then the
    words standing together, then everything else by BM25.
    """

    all_up_to: int = 4  # up to this many terms all must be there
    share_of_long: float = 0.35  # of a longer question this share
    exact_together: float = 60.0
    exact_without_marks: float = 5.0
    together: float = 30.0
    pair: float = 0.3
    exact: float = 0.8
    tie: float = 0.3
    synonym: float = 0.9
    texts: dict[str, float] = field(default_factory=lambda: dict(TEXTS))
    recent: tuple[tuple[int, float], ...] = ((7, 1.0), (60, 0.7), (400, 0.5))  # days, flat addition


@dataclass(frozen=True, slots=True)
class Asker:
    """Builds queries for one schema; recency counts from `today`."""

    schema: tantivy.Schema
    today: date
    weights: Weights = Weights()

    def query(self, question: Question, filters: Filters) -> tantivy.Query:
        """Everything the question and its filters ask for, best first by score."""
        clauses = self._required(question, filters)
        for words in question.wanted():
            clauses += [(_SHOULD, clause) for clause in self._preferences(words)]
        if question.wanted():
            clauses += [(_SHOULD, clause) for clause in self._recent()]
        return tantivy.Query.boolean_query(clauses)

    def matching(self, question: Question, filters: Filters) -> tantivy.Query:
        """The same hits without an order: for counting, and for an order by date."""
        return tantivy.Query.boolean_query(self._required(question, filters))

    def since(self, turn: int, *, is_after: bool) -> tantivy.Query:
        """What was published after, or before, this place in time."""
        return self._range("turn", after=turn if is_after else None, before=None if is_after else turn)

    def _required(self, question: Question, filters: Filters) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        clauses = [(_MUST, clause) for clause in self._filters(filters)]
        clauses += self._limits(question.limits)
        if question.since or question.until:
            clauses.append((_MUST, self._flat(self._days(question.since, question.until), 0.0)))
        if question.terms.folded:
            clauses.append((_MUST, self._terms(question)))
        clauses += [(_MUST, self._phrase(words.folded, "folded")) for words in question.phrases]
        clauses += [(_MUST, self._run(words)) for words in question.runs]
        clauses += [(_MUST, self._any(choice)) for choice in question.choices]
        clauses += [(_NOT, self._unwanted(words)) for words in question.excluded]
        return clauses

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        for name in (one.name for one in fields(filters)):
            value = getattr(filters, name)
            if value or name == "portal":
                yield self._flat(self._term(name, value), 0.0)

    def _limits(self, limits: tuple[Limit, ...]) -> Iterable[tuple[tantivy.Occur, tantivy.Query]]:
        wanted: dict[str, list[tantivy.Query]] = {}
        for limit in limits:
            query = self._limit(limit)
            if limit.is_excluded:
                yield _NOT, query
            else:
                wanted.setdefault(limit.name, []).append(query)
        for queries in wanted.values():  # two senders are a choice, a sender and a place are not
            yield _MUST, self._flat(tantivy.Query.boolean_query([(_SHOULD, query) for query in queries]), 0.0)

    def _limit(self, limit: Limit) -> tantivy.Query:
        if limit.code:
            return self._term(limit.name, limit.code)
        terms, name = limit.words.folded, f"{limit.name}_name"
        if len(terms) == 1:
            return self._term(name, terms[0])
        return tantivy.Query.phrase_query(self.schema, name, list(terms))

    def _days(self, since: date | None, until: date | None) -> tantivy.Query:
        first = day_number(since) if since else None
        return self._range("day", first=first, before=day_number(until) if until else None)

    def _range(
        self, name: str, *, first: int | None = None, after: int | None = None, before: int | None = None
    ) -> tantivy.Query:
        lower = after if first is None else first
        return tantivy.Query.range_query(
            self.schema, name, tantivy.FieldType.Integer, lower, before, after is None, before is None
        )

    def _terms(self, question: Question) -> tantivy.Query:
        units = list(self._units(question))
        needed = len(units)
        if needed > self.weights.all_up_to:
            needed = max(1, round(needed * self.weights.share_of_long))
        return tantivy.Query.boolean_query([(_SHOULD, unit) for unit in units], minimum_number_should_match=needed)

    def _units(self, question: Question) -> Iterable[tantivy.Query]:
        """A query for each different term, or for terms together with the other words for them."""
        terms, at = question.terms.folded, 0
        others = {one.start: one for one in question.alternatives}
        seen: set[str] = set()
        while at < len(terms):
            if found := others.get(at):
                yield self._either(terms[at : at + found.length], found.others)
            elif terms[at] not in seen:
                seen.add(terms[at])
                yield self._anywhere(terms[at])
            at += found.length if found else 1

    def _either(self, terms: tuple[str, ...], others: tuple[Words, ...]) -> tantivy.Query:
        own = tantivy.Query.boolean_query([(_MUST, self._anywhere(term)) for term in dict.fromkeys(terms)])
        more = [
            tantivy.Query.boost_query(self._phrase(words.folded, "folded"), self.weights.synonym) for words in others
        ]
        return tantivy.Query.disjunction_max_query([own, *more], tie_breaker=0.1)

    def _any(self, choice: tuple[Words, ...]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(_SHOULD, self._phrase(words.folded, "folded")) for words in choice])

    def _run(self, words: Words) -> tantivy.Query:
        if len(words.folded) <= _LONG_RUN:
            return self._phrase(words.folded, "folded")
        found = list(dict.fromkeys(pairs(list(words.folded))))
        clauses = [(_SHOULD, self._anywhere(pair, "pairs")) for pair in found]
        return tantivy.Query.boolean_query(clauses, minimum_number_should_match=round(len(found) * 0.6))

    def _anywhere(self, term: str, form: str = "folded") -> tantivy.Query:
        weights = self.weights.texts.items()
        return tantivy.Query.disjunction_max_query(
            [tantivy.Query.boost_query(self._term(f"{name}_{form}", term), weight) for name, weight in weights],
            tie_breaker=self.weights.tie,
        )

    def _preferences(self, words: Words) -> Iterable[tantivy.Query]:
        weights = self.weights
        if len(words.folded) > 1:
            yield self._flat(self._phrase(words.folded, "folded"), weights.together)
        yield self._flat(
            self._phrase(words.exact, "exact"),
            weights.exact_together if words.has_marks else weights.exact_without_marks,
        )
        for pair in dict.fromkeys(pairs(list(words.folded))):
            yield tantivy.Query.boost_query(self._anywhere(pair, "pairs"), weights.pair)
        # Without marks the exact form would only favour authors who write without them too.
        for term in dict.fromkeys(words.exact if words.has_marks else ()):
            yield tantivy.Query.boost_query(self._anywhere(term, "exact"), weights.exact)

    def _recent(self) -> Iterable[tantivy.Query]:
        for days, addition in self.weights.recent:
            first = day_number(self.today - timedelta(days=days))
            yield self._flat(self._range("day", first=first), addition)

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
