"""What is offered while somebody types: headlines that hold the words typed so far."""

import tantivy

from loa.search.engine import Engine
from loa.search.fields import pairs
from loa.search.words import folded_terms

_MOST_ENDINGS = 12  # how a word begun may go on
_MOST_WORDS = 8
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


def headlines(engine: Engine, portal: str, text: str, *, most: int = 5) -> list[str]:
    """Keys of the newest texts whose headline holds these words, the last of which may be only begun.

    Raises IndexUnavailable.
    """
    terms = folded_terms(text)[-_MOST_WORDS:]
    if not terms or (len(terms) == 1 and len(terms[0]) < 2):
        return []
    searcher = engine.searcher()
    endings = _endings(searcher, terms)
    if not endings:
        return []
    query = tantivy.Query.boolean_query(
        [
            (_MUST, _term(engine, "portal", portal)),
            *((_MUST, _term(engine, "headline_pairs", pair)) for pair in pairs(terms[:-1])),
            (_MUST, tantivy.Query.boolean_query([(_SHOULD, _term(engine, *ending)) for ending in endings])),
        ]
    )
    return engine.newest(query, most)


def _endings(searcher: tantivy.Searcher, terms: list[str]) -> list[tuple[str, str]]:
    """The words the last one may become, after the one before it."""
    name, begun = ("headline_folded", terms[0]) if len(terms) == 1 else ("headline_pairs", "_".join(terms[-2:]))
    found = searcher.terms_with_prefix(name, begun, limit=_MOST_ENDINGS)
    return [(name, str(term)) for term, _ in found]


def _term(engine: Engine, name: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(engine.schema(), name, value)


def goes_on(name: str, text: str) -> bool:
    """Whether a name holds the words of a text side by side, the last of which may be only begun."""
    typed = " ".join(folded_terms(text))
    return bool(typed) and f" {typed}" in f" {' '.join(folded_terms(name))}"
