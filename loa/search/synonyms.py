"""Other words for the same: abbreviations and names of one meaning, as lines of data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from loa.search.errors import NoSynonyms
from loa.search.reading import words_of
from loa.search.tree import Alternative, Question, Words

_SHIPPED = Path(__file__).parent / "data" / "synonyms.txt"
_MOST_LINES = 2_000
_MOST_OTHERS = 8
_MOST_TERMS = 12

Table = Mapping[tuple[str, ...], tuple[Words, ...]]


@dataclass(frozen=True, slots=True)
class Widening:
    """A question with its other words, as a table has them."""

    table: Table
    longest: int

    def widen(self, question: Question) -> Question:
        """The question, its terms with other words for them; the longest that has any goes first."""
        found: list[Alternative] = []
        at, terms = 0, question.terms.folded
        while at < len(terms):
            most = min(self.longest, len(terms) - at)
            length = next((n for n in range(most, 0, -1) if terms[at : at + n] in self.table), 0)
            if length:
                found.append(Alternative(at, length, self.table[terms[at : at + length]]))
            at += length or 1
        return replace(question, alternatives=tuple(found)) if found else question


def shipped() -> str:
    """The lines Loa comes with."""
    return _SHIPPED.read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def read(text: str) -> Widening:
    """The table in lines such as "TP.HCM = TPHCM = Thành phố Hồ Chí Minh"; raises NoSynonyms with the line's number."""
    table: dict[tuple[str, ...], list[Words]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if number > _MOST_LINES:
            raise NoSynonyms(number, "long")
        if said:
            _add(table, _group(said, number))
    longest = max((len(terms) for terms in table), default=0)
    return Widening({terms: tuple(others[:_MOST_OTHERS]) for terms, others in table.items()}, longest)


def _group(line: str, number: int) -> list[Words]:
    found = {words.folded: words for one in line.split("=") if (words := words_of(one)).folded}
    if len(found) < 2:
        raise NoSynonyms(number, "alone")
    if any(len(terms) > _MOST_TERMS for terms in found):
        raise NoSynonyms(number, "long")
    return list(found.values())


def _add(table: dict[tuple[str, ...], list[Words]], group: Iterable[Words]) -> None:
    for one in group:
        others = table.setdefault(one.folded, [])
        others += [other for other in group if other.folded != one.folded and other not in others]
