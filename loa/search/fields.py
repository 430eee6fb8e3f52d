"""What is indexed, and how text becomes terms.

Every text goes in three times: folded (what a hurried reader types), exact (what the author
wrote) and as folded pairs of neighbours, which rank Vietnamese best and make phrases cheap
(measured; the index itself keeps no text, results take theirs from the archive).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

import tantivy

from loa.lib.vietnamese import canonical_tone, fold, syllables

# What is new in the fields or the terms raises the number: an older index is then built anew.
FORMAT = 6

# Longer "syllables" are machine noise (encoded pictures, hashes); both sides cut them alike.
_LONGEST = 60

TEXTS = {"headline": 4.0, "lead": 2.0, "body": 1.0, "about": 1.0}
FILTERS = ("portal", "language", "kind", "section", "organization", "original")
_ANALYZER = "loa_terms"


@dataclass(frozen=True, slots=True)
class Document:
    """One entry in one language, as plain values; `key` is "<public id>:<language>"."""

    key: str
    portal: str
    language: str
    headline: str
    subtitle: str
    lead: str
    body: str
    organization: str
    organization_slug: str
    place: str
    sections: list[str]
    topics: list[str]
    kind: str
    published_at: datetime
    digest: str
    people: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)  # number and title of each that is cited
    facts: list[str] = field(default_factory=list)  # words of what belongs to the kind: venues, product, role
    is_original: bool = True  # false for a translation

    @property
    def entry(self) -> str:
        """The entry's public id, the same for all its languages."""
        return self.key.rpartition(":")[0]


def exact_terms(text: str) -> list[str]:
    """The terms as written, apart from case and from where the tone stands (hòa, hoà)."""
    return [_exact(syllable) for syllable in syllables(text)]


def folded_terms(text: str) -> list[str]:
    """The same terms without marks."""
    return [_folded(syllable) for syllable in syllables(text)]


# A language has some thousand syllables and an archive millions of them: most were met before.
@lru_cache(maxsize=40_000)
def _exact(syllable: str) -> str:
    return canonical_tone(syllable)[:_LONGEST]


@lru_cache(maxsize=40_000)
def _folded(syllable: str) -> str:
    return fold(syllable)[:_LONGEST]


def pairs(terms: list[str]) -> list[str]:
    """Neighbours joined: ["thong", "tin", "doi"] gives ["thong_tin", "tin_doi"]."""
    return [f"{first}_{second}" for first, second in pairwise(terms)]


def schema() -> tantivy.Schema:
    """The fields of the index. The key is raw text: deleting by a number deletes nothing."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("entry", tokenizer_name="raw", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_integer_field("published", fast=True)
    for name in TEXTS:
        for form in ("folded", "exact"):
            builder.add_text_field(f"{name}_{form}", tokenizer_name=_ANALYZER, index_option="position")
        builder.add_text_field(f"{name}_pairs", tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Teach an opened index our analyzer; it forgets it with every process."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYZER, analyzer)


def to_row(document: Document) -> tantivy.Document:
    """The document as the index takes it. The year is the one in UTC."""
    row = tantivy.Document()
    row.add_text("key", document.key)
    row.add_text("entry", document.entry)
    row.add_text("digest", document.digest)
    row.add_text("portal", document.portal)
    row.add_text("language", document.language)
    row.add_text("kind", document.kind)
    row.add_text("organization", document.organization_slug)
    row.add_text("original", "1" if document.is_original else "0")
    for section in document.sections:
        row.add_text("section", section)
    row.add_integer("year", document.published_at.year)
    row.add_integer("published", int(document.published_at.timestamp()))
    for name, texts in _texts(document).items():
        _add_text(row, name, texts)
    return row


def _texts(document: Document) -> dict[str, Iterable[str]]:
    return {
        "headline": (document.headline,),
        "lead": (document.subtitle, document.lead),
        "body": (document.body,),
        "about": (
            document.organization,
            document.place,
            *document.topics,
            *document.people,
            *document.documents,
            *document.facts,
        ),
    }


def _add_text(row: tantivy.Document, name: str, texts: Iterable[str]) -> None:
    for text in texts:
        if not text:
            continue
        folded = folded_terms(text)
        row.add_text(f"{name}_folded", " ".join(folded))
        row.add_text(f"{name}_exact", " ".join(exact_terms(text)))
        row.add_text(f"{name}_pairs", " ".join(pairs(folded)))
