"""The reader's question in our own words: terms, phrases, choices, words to leave out, limits.

The tree knows no engine: highlighting, alerts and another engine read the same one. `reading` makes it of what was
typed.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """Neighbouring terms in both forms."""

    folded: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether the reader typed marks, and so asked for one spelling."""
        return self.folded != self.exact


@dataclass(frozen=True, slots=True)
class Limit:
    """Only what has this sender, topic, place, language or kind; or none of it.

    Senders, topics and places are asked for by words of their names, languages and kinds by their code.
    """

    name: str  # "organization", "topic", "place", "language" or "kind"
    words: Words = Words()
    code: str = ""
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for the terms from `start` on, `length` of them: synonyms and what abbreviations stand for."""

    start: int
    length: int
    others: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was typed as a command and could not be one; it is looked for as words."""

    about: str  # "date", "kind", "language", "name", "quote", "or", "empty", "long", "many", "parts"
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`terms` are looked for in any order, `phrases` as they stand, one of each of the `choices`, no `excluded`.

    `runs` are sentences of scripts that part no words, looked for as they stand or nearly so. `since` is the first day
    and `until` the first day no more, in the portal's zone.
    """

    terms: Words = Words()
    phrases: tuple[Words, ...] = ()
    runs: tuple[Words, ...] = ()
    choices: tuple[tuple[Words, ...], ...] = ()
    excluded: tuple[Words, ...] = ()
    limits: tuple[Limit, ...] = ()
    since: date | None = None
    until: date | None = None
    alternatives: tuple[Alternative, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_blank: bool = True

    @property
    def is_limited(self) -> bool:
        """Whether something typed narrows the search without being looked for in the texts."""
        return bool(self.limits or self.since or self.until)

    @property
    def is_wordless(self) -> bool:
        """Something was typed, but nothing that could be found (such as "!!!")."""
        return not (self.is_blank or self.wanted() or self.excluded or self.is_limited)

    def wanted(self) -> tuple[Words, ...]:
        """Everything the reader wants to see."""
        chosen = (words for choice in self.choices for words in choice)
        return tuple(words for words in (self.terms, *self.phrases, *self.runs, *chosen) if words.folded)


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to look. The portal is never left out: nothing crosses between portals."""

    portal: str
    section: str = ""
    organization: str = ""
    topic: str = ""
    place: str = ""
    language: str = ""
    kind: str = ""
    year: int | None = None
    original: str = ""  # "1": one text of each entry
