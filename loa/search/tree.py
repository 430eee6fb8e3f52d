"""The reader's question in our own words: terms, phrases, words to leave out, filters.

The tree knows no engine: highlighting, alerts and another engine read the same one.
"""

import re
from dataclasses import dataclass

from loa.lib.vietnamese import IDEOGRAPH
from loa.search.fields import exact_terms, folded_terms

_LONGEST_QUESTION = 400
_MOST_TERMS = 32
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>[^\s"“”„]+))')


@dataclass(frozen=True, slots=True)
class Words:
    """Neighbouring terms in both forms."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]

    @property
    def has_marks(self) -> bool:
        """Whether the reader typed marks, and so asked for one spelling."""
        return self.folded != self.exact


@dataclass(frozen=True, slots=True)
class Question:
    """`terms` are looked for in any order, `phrases` as they stand, `excluded` not at all."""

    terms: Words
    phrases: tuple[Words, ...] = ()
    excluded: tuple[Words, ...] = ()
    is_blank: bool = True

    @property
    def is_wordless(self) -> bool:
        """Something was typed, but nothing that could be found (such as "!!!")."""
        return not self.is_blank and not (self.terms.folded or self.phrases or self.excluded)

    def wanted(self) -> tuple[Words, ...]:
        """Everything the reader wants to see."""
        return tuple(words for words in (self.terms, *self.phrases) if words.folded)


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to look. The portal is never left out: nothing crosses between portals."""

    portal: str
    section: str = ""
    organization: str = ""
    language: str = ""
    kind: str = ""
    year: int | None = None
    original: str = ""  # "1": one text of each entry


def parse(text: str) -> Question:
    """Read a question; whatever is typed is a question, so this never fails.

    "57-KL/TW" and "57 KL TW" are the same three terms. Quotation marks make a phrase, a
    hyphen before a word or a phrase leaves it out.
    """
    text = text[:_LONGEST_QUESTION]
    terms: list[str] = []
    phrases: list[Words] = []
    excluded: list[Words] = []
    for piece in _PIECE.finditer(text):
        words = _words(piece["word"] if piece["phrase"] is None else piece["phrase"])
        if piece["minus"]:
            excluded.append(words)
        elif piece["phrase"] is not None:
            phrases.append(words)
        elif len(IDEOGRAPH.findall(piece["word"])) > 1:
            phrases.append(words)  # nothing parts these words, so they are looked for as they stand
        else:
            terms.append(piece["word"])
    return Question(
        terms=_words(" ".join(terms)),
        phrases=tuple(words for words in phrases if words.folded),
        excluded=tuple(words for words in excluded if words.folded),
        is_blank=not text.strip(),
    )


def _words(text: str) -> Words:
    both = [(folded, exact) for folded, exact in zip(folded_terms(text), exact_terms(text), strict=True) if folded][
        :_MOST_TERMS
    ]
    return Words(tuple(folded for folded, _ in both), tuple(exact for _, exact in both))
