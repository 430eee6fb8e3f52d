"""A question turned into Tantivy's queries, with the weights that order the hits."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import TypeVar

import tantivy

from loa.search.fields import day_number, pairs
from loa.search.names import QUESTION_WORDS
from loa.search.tree import Filters, Limit, Question, Words

_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_T = TypeVar("_T")
_COMMON = 10  # a word in one of so many texts
_MOSTLY = 0.8  # of the texts with a word, those with one spelling
_MOST_LISTS = 12  # that one of a long question's terms or pairs must be in
_MOST_COUNTS = 20_000  # kept of one searcher, some megabytes
_LONG_RUN = 4  # letters of a script without spaces; of more, most pairs must be there


@dataclass(frozen=True, slots=True)
class Weights:
    """What orders the hits; tried out by `bench/relevance.py`.

    The flat additions are larger than any difference in BM25: the spelling that was asked for comes first, then the
    words standing together, then everything else by BM25.
    """

    all_up_to: int = 4  # up to this many terms all must be there
    share_of_long: float = 0.25  # of a longer question this share of its pairs, or else of its terms
    each_of_long: float = 2.0  # flat, for each of its terms that is there: many of them say more than one of them often
    rare_of_long: float = 1.5  # times how rare the term is, likewise flat
    exact_together: float = 60.0
    exact_without_marks: float = 5.0
    together: float = 30.0
    pair: float = 0.4
    exact: float = 0.8
    headline: float = 3.0  # beside what the word weighs anywhere
    lead: float = 1.0
    synonym: float = 0.9
    recent: tuple[tuple[int, float], ...] = ((30, 1.0), (400, 0.5))  # days, flat addition


@dataclass(frozen=True, slots=True)
class Rarities:
    """How many texts have a term, and how much it tells therefore; each is looked up once, and many are asked again."""

    searcher: tantivy.Searcher
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)
    _only: dict[str, str] = field(default_factory=dict)

    def count(self, name: str, term: str) -> int:
        """Texts with the term in a field; those taken out count until they leave the files."""
        if (found := self._counts.get((name, term))) is None:
            if len(self._counts) >= _MOST_COUNTS:
                self._counts.clear()
            found = self._counts[name, term] = self.searcher.doc_freq(name, term)
        return found

    def only(self, name: str) -> str:
        """The one value that a field has in all the files, or nothing."""
        if (found := self._only.get(name)) is None:
            values = self.searcher.terms_with_prefix(name, "", limit=2)
            found = self._only[name] = str(values[0][0]) if len(values) == 1 else ""
        return found

    def of(self, name: str, term: str) -> float:
        """The logarithm BM25 has for it."""
        found, texts = self.count(name, term), self.searcher.num_docs
        return math.log(1 + (texts - min(found, texts) + 0.5) / (found + 0.5))


@dataclass(frozen=True, slots=True)
class Asker:
    """Builds queries for one schema; recency counts from `today`.

    `is_loose` asks a long question again that found nothing: its words need not stand in pairs.
    """

    schema: tantivy.Schema
    rarities: Rarities
    today: date
    weights: Weights = Weights()
    is_loose: bool = False

    def query(
        self, question: Question, filters: Filters, within: tantivy.Query | None = None, *, is_few: bool = False
    ) -> tantivy.Query:
        """Everything the question and its filters ask for, best first by score; of what is `within`, if that is given.

        What weighs a text stands one within the other where it is only looked up for the texts that are needed, and
        side by side where its lists are short, or those texts not `is_few`: side by side all of a list is read.
        """
        clauses = self._required(question, filters)
        if within is not None:
            clauses.append((_MUST, self._flat(within, 0.0)))
        needed = tantivy.Query.boolean_query(clauses)
        for clause in (*self._each_of_long(question), *self._together(question)):
            needed = tantivy.Query.boolean_query([(_MUST, needed), (_SHOULD, clause)])
        rest = [(_SHOULD, clause) for words in question.wanted() for clause in (*self._both(words), *self._each(words))]
        if not is_few:
            return tantivy.Query.boolean_query([(_MUST, needed), *rest])
        for one in rest:
            needed = tantivy.Query.boolean_query([(_MUST, needed), one])
        return needed

    def matching(self, question: Question, filters: Filters) -> tantivy.Query:
        """The same hits without an order: for counting, and for an order by date."""
        return tantivy.Query.boolean_query(self._required(question, filters))

    def at_most(self, question: Question) -> int:
        """No more texts than these have everything that is asked for; told by the rarest word or pair."""
        found = [self.rarities.searcher.num_docs]
        if not (question.alternatives or self.is_long(question)):
            found += [self.rarities.count("any_folded", term) for term in set(question.terms.folded)]
        for words in question.phrases:
            found += [self.rarities.count("any_pairs", pair) for pair in set(pairs(words.folded))]
        return min(found)

    def tells_in_lead(self, term: str) -> bool:
        """Whether the lead says more than the whole text: what is in every tenth text is in many a lead."""
        return self.rarities.count("any_folded", term) * _COMMON <= self.rarities.searcher.num_docs

    def tells_in_spelling(self, words: Words, term: str, typed: str) -> bool:
        """Whether a word is also spelt otherwise: of "người" there is hardly another spelling.

        Without marks the exact form would only favour authors who write without them too.
        """
        spelt = self.rarities.count("any_exact", typed)
        return words.has_marks and spelt < self.rarities.count("any_folded", term) * _MOSTLY

    def recency(self, days: Iterable[int]) -> list[float]:
        """What each day of publication (20231011) adds; as a clause, a range, it would cost as much as two words."""
        recent = [(day_number(self.today - timedelta(days=ago)), added) for ago, added in self.weights.recent]
        return [sum(added for first, added in recent if day >= first) for day in days]

    def is_long(self, question: Question) -> bool:
        """Whether it is rather asked than searched for, and some of its words will do."""
        others = sum(one.length - 1 for one in question.alternatives)  # they stand for one thing together
        return len(set(question.terms.folded)) - others > self.weights.all_up_to

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
        for choice in question.choices:
            clauses.append((_MUST, any_of(self._phrase(words.folded, "folded") for words in choice)))
        clauses += [(_NOT, self._unwanted(words)) for words in question.excluded]
        if all(occur == _NOT for occur, _ in clauses):
            clauses.append((_MUST, tantivy.Query.all_query()))
        return clauses

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        for name in (one.name for one in fields(filters)):
            value = getattr(filters, name)
            if (value or name == "portal") and not self._is_all(name, value):
                yield self._flat(self.term(name, value), 0.0)

    def _is_all(self, name: str, value: str | int) -> bool:
        """Whether every text has this value, so that asking for it would only read a list of all."""
        return bool(value) and name in ("portal", "original") and self.rarities.only(name) == value

    def _limits(self, limits: tuple[Limit, ...]) -> Iterable[tuple[tantivy.Occur, tantivy.Query]]:
        wanted: dict[str, list[tantivy.Query]] = {}
        for limit in limits:
            query = self._limit(limit)
            if limit.is_excluded:
                yield _NOT, query
            else:
                wanted.setdefault(limit.name, []).append(query)
        for queries in wanted.values():  # two senders are a choice, a sender and a place are not
            yield _MUST, self._flat(any_of(queries), 0.0)

    def _limit(self, limit: Limit) -> tantivy.Query:
        if limit.code:
            return self.term(limit.name, limit.code)
        terms, name = limit.words.folded, f"{limit.name}_name"
        if len(terms) == 1:
            return self.term(name, terms[0])
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
        if not self.is_long(question):
            return all_of(unit for _, unit in units)
        if self.is_loose:
            telling = [(term, unit) for term, unit in units if term not in QUESTION_WORDS] or units
            needed = max(1, round(len(telling) * self.weights.share_of_long))
            rarest = self._rarest(telling, "any_folded", key=lambda one: one[0].partition(" ")[0])
            return any_of((unit for _, unit in rarest), at_least=needed)
        # A long question is rather asked than searched for: some neighbours in it must be neighbours in the text, which
        # leaves few texts to weigh; some of its words alone are found in half of a large archive.
        both = [self.term("any_pairs", pair) for pair in self._rarest(_telling(question.terms), "any_pairs", key=str)]
        needed = max(1, round(len(both) * self.weights.share_of_long))
        others = [self._phrase(words.folded, "folded") for one in question.alternatives for words in one.others]
        return self._flat(any_of([*both, *others], at_least=needed), 0.0)

    def _rarest(self, asked: list[_T], name: str, key: Callable[[_T], str]) -> list[_T]:
        """Of very many terms or pairs those that are in the fewest texts, which say what the question is about."""
        if len(asked) <= _MOST_LISTS:
            return asked
        known = [one for one in asked if self.rarities.count(name, key(one))] or asked
        return sorted(known, key=lambda one: self.rarities.count(name, key(one)))[:_MOST_LISTS]

    def _units(self, question: Question) -> Iterable[tuple[str, tantivy.Query]]:
        """Each different term with its query, or terms together with the other words for them."""
        terms, at = question.terms.folded, 0
        others = {one.start: one for one in question.alternatives}
        seen: set[str] = set()
        while at < len(terms):
            if found := others.get(at):
                own = terms[at : at + found.length]
                yield " ".join(own), self._either(own, found.others)
            elif terms[at] not in seen:
                seen.add(terms[at])
                yield terms[at], self.term("any_folded", terms[at])
            at += found.length if found else 1

    def _either(self, terms: tuple[str, ...], others: tuple[Words, ...]) -> tantivy.Query:
        own = all_of(self.term("any_folded", term) for term in dict.fromkeys(terms))
        more = [
            tantivy.Query.boost_query(self._phrase(words.folded, "folded"), self.weights.synonym) for words in others
        ]
        return tantivy.Query.disjunction_max_query([own, *more], tie_breaker=0.1)

    def _run(self, words: Words) -> tantivy.Query:
        if len(words.folded) <= _LONG_RUN:
            return self._phrase(words.folded, "folded")
        found = dict.fromkeys(pairs(words.folded))
        return any_of((self.term("any_pairs", pair) for pair in found), at_least=round(len(found) * 0.6))

    def _each_of_long(self, question: Question) -> Iterable[tantivy.Query]:
        if not self.is_long(question):
            return
        for term, unit in self._units(question):
            if term not in QUESTION_WORDS:
                rarity = max(self.rarities.of("any_folded", one) for one in term.split())
                yield self._flat(unit, self.weights.each_of_long + self.weights.rare_of_long * rarity)

    def _together(self, question: Question) -> Iterable[tantivy.Query]:
        weights = self.weights
        for words in question.wanted():
            if both := dict.fromkeys(pairs(words.folded)):
                together = all_of(self.term("any_pairs", pair) for pair in both)
                yield self._flat(together, weights.together)
                # Positions are looked at only where the pairs are.
                exact = all_of([together, self._positions(words.exact, "exact")])
            else:
                exact = self.term("any_exact", words.exact[0])
            yield self._flat(exact, weights.exact_together if words.has_marks else weights.exact_without_marks)

    def _both(self, words: Words) -> Iterable[tantivy.Query]:
        weights, both = self.weights, dict.fromkeys(pairs(words.folded))
        for pair in both:
            if len(both) > 1:  # a single one has been weighed already
                yield tantivy.Query.boost_query(self.term("any_pairs", pair), weights.pair)
            yield tantivy.Query.boost_query(self.term("headline_pairs", pair), weights.pair * weights.headline)

    def _each(self, words: Words) -> Iterable[tantivy.Query]:
        weights, unique = self.weights, dict(zip(words.folded, words.exact, strict=True))
        is_long = len(unique) > weights.all_up_to
        for term, typed in unique.items():
            if is_long and term in QUESTION_WORDS:
                continue
            yield tantivy.Query.boost_query(self.term("headline_folded", term), weights.headline)
            if self.tells_in_lead(term):
                yield tantivy.Query.boost_query(self.term("lead_folded", term), weights.lead)
            # A single term has been weighed already, and of a long question every list is a long one.
            if len(unique) > 1 and not is_long and self.tells_in_spelling(words, term, typed):
                yield tantivy.Query.boost_query(self.term("any_exact", typed), weights.exact)

    def _unwanted(self, words: Words) -> tantivy.Query:
        # "-má" must not take "mà" away as well.
        if words.has_marks:
            return self._phrase(words.exact, "exact")
        return self._phrase(words.folded, "folded")

    def _phrase(self, terms: tuple[str, ...], form: str) -> tantivy.Query:
        if len(terms) == 1:
            return self.term(f"any_{form}", terms[0])
        if form == "folded":
            found = all_of(self.term("any_pairs", pair) for pair in dict.fromkeys(pairs(terms)))
            return found if len(terms) == 2 else all_of([found, self._flat(self._positions(terms, form), 0.0)])
        return self._positions(terms, form)

    def _positions(self, terms: tuple[str, ...], form: str) -> tantivy.Query:
        return tantivy.Query.phrase_query(self.schema, f"any_{form}", list(terms))

    def term(self, name: str, value: str | int) -> tantivy.Query:
        """What has this very term in a field."""
        return tantivy.Query.term_query(self.schema, name, value)

    @staticmethod
    def _flat(query: tantivy.Query, score: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, score)


def all_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """What each of them finds."""
    return tantivy.Query.boolean_query([(_MUST, query) for query in queries])


def any_of(queries: Iterable[tantivy.Query], *, at_least: int = 1) -> tantivy.Query:
    """What so many of them find."""
    clauses = [(_SHOULD, query) for query in queries]
    return tantivy.Query.boolean_query(clauses, minimum_number_should_match=min(at_least, len(clauses)))


def _telling(words: Words) -> list[str]:
    """The pairs of which not both are question words; all where there is no other."""
    found = list(dict.fromkeys(pairs(words.folded)))
    return [pair for pair in found if not QUESTION_WORDS.issuperset(pair.split("_"))] or found
