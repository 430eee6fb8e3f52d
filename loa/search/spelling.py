"""What was meant: words nobody wrote, one letter away from words that stand beside their neighbours in the archive.

A common syllable has some twenty others at one letter's distance, so the neighbour decides and not how often a word is
used (research: 79 % against 49 % put right).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import tantivy

from loa.search.reading import limits_in
from loa.search.tree import Question
from loa.search.words import forms, spans

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 14
_MOST = 3  # words put right in one question
_SPELT = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
_TONED = "aăâeêioôơuưy"
_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def corrected(searcher: tantivy.Searcher, question: Question, text: str, *, is_empty: bool = False) -> str:
    """The text with its unknown words put right; empty where nothing is to be said.

    What stands in a limit (`from:hôm`) is left as it was typed, and is nobody's neighbour.
    `is_empty` tells that nothing was found though every word is known: then neighbours that nobody wrote side by side
    are looked at too.
    """
    speller = _Speller(searcher)
    found: dict[tuple[int, int], str] = {}
    composed = unicodedata.normalize("NFC", text)
    limits = limits_in(composed)
    written = [
        ("" if any(start <= place[0] < end for start, end in limits) else folded, exact, place)
        for folded, exact, place in spans(composed)
    ]
    asked = _terms_to_look_at(question)
    unknown = {folded for folded, _, _ in written if folded in asked and speller.is_unknown(folded)}
    for at, (folded, exact, place) in enumerate(written):
        if folded not in (unknown or asked) or len(found) == _MOST:
            continue
        beside = [written[other][0] if 0 <= other < len(written) else "" for other in (at - 1, at + 1)]
        is_wrong = bool(unknown) or (is_empty and speller.is_lonely(folded, beside))
        better = speller.better(folded, beside, has_company=not unknown) if is_wrong else ""
        if better:
            found[place] = speller.spelt(better, exact) if folded != exact else better
    pieces, end = [], 0
    for (start, stop), better in sorted(found.items()):
        pieces += [composed[end:start], better]
        end = stop
    return "".join([*pieces, composed[end:]]) if found else ""


def _terms_to_look_at(question: Question) -> set[str]:
    """All that is looked for but abbreviations and other words of known meaning."""
    terms = list(question.terms.folded)
    for one in question.alternatives:
        terms[one.start : one.start + one.length] = [""] * one.length
    rest = (words.folded for words in question.wanted() if words is not question.terms)
    return {term for part in (terms, *rest) for term in part if term}


@dataclass(frozen=True, slots=True)
class _Speller:
    """Asks how many texts hold a word."""

    searcher: tantivy.Searcher

    def is_unknown(self, folded: str) -> bool:
        """Whether no text has the word."""
        return _may_be_wrong(folded) and not self._count(folded)

    def is_lonely(self, folded: str, beside: Iterable[str]) -> bool:
        """Whether no text has it beside any of its neighbours."""
        return _may_be_wrong(folded) and not self._together(folded, list(beside))

    def better(self, folded: str, beside: list[str], *, has_company: bool = False) -> str:
        """The word meant, or two typed as one; `has_company` asks for one that somebody wrote beside these."""
        best, best_worth = "", (0, 0)
        for candidate in set(_one_letter_away(folded)):
            count, company = self._count(candidate), self._together(candidate, beside)
            if count and (company or not has_company):
                worth = (company, count)
                best, best_worth = max((best, best_worth), (candidate, worth), key=lambda one: (one[1], one[0]))
        for at in range(1, len(folded)):
            parts = folded[:at], folded[at:]
            if count := self.searcher.doc_freq("any_pairs", "_".join(parts)):
                worth = (count, count)
                best, best_worth = max((best, best_worth), (" ".join(parts), worth), key=lambda one: (one[1], one[0]))
        return best

    def spelt(self, folded: str, typed: str) -> str:
        """With the marks the archive gives it most often, those nearest to what was typed first."""
        known = {way: self.searcher.doc_freq("any_exact", way) for way in _ways_to_spell(folded)}
        near = {way: count for way, count in known.items() if count and _is_near(way, typed)}
        rest = near or {way: count for way, count in known.items() if count}
        return max(rest, key=lambda way: (rest[way], way), default=folded)

    def _count(self, folded: str) -> int:
        return self.searcher.doc_freq("any_folded", folded)

    def _together(self, folded: str, beside: list[str]) -> int:
        before, after = beside
        found = [self.searcher.doc_freq("any_pairs", f"{before}_{folded}")] if before else []
        found += [self.searcher.doc_freq("any_pairs", f"{folded}_{after}")] if after else []
        return sum(found)


def _may_be_wrong(folded: str) -> bool:
    return 2 <= len(folded) <= _LONGEST and folded.isascii() and folded.isalpha()


def _one_letter_away(word: str) -> Iterator[str]:
    """Left out, put in, taken for another, changed places."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for start, end in parts:
        yield from (start + letter + end for letter in _LETTERS)
        if end:
            yield start + end[1:]
            yield from (start + letter + end[1:] for letter in _LETTERS)
        if len(end) > 1:
            yield start + end[1] + end[0] + end[2:]


def _ways_to_spell(folded: str) -> set[str]:
    """Every way to put Vietnamese marks on a syllable, as the index has them."""
    if len(folded) > 8:
        return {folded}
    found = set()
    for letters in product(*(_SPELT.get(letter, letter) for letter in folded)):
        found.add("".join(letters))
        for at, letter in enumerate(letters):
            if letter in _TONED:
                found |= {"".join([*letters[: at + 1], tone, *letters[at + 1 :]]) for tone in _TONES}
    return {forms(unicodedata.normalize("NFC", way))[1] for way in found}


def _is_near(one: str, other: str) -> bool:
    """Whether one letter, mark and all, makes the difference."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    rest, others = one[start:], other[start:]
    is_swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or is_swapped
