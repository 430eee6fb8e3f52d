"""What is indexed.

Every text goes in three times: folded (what a hurried reader types), exact (what the author
wrote) and as folded pairs of neighbours, which rank Vietnamese best and make phrases cheap
(measured; the index itself keeps no text, results take theirs from the archive). All of an
entry stands in the fields `any_…`, so that a term is one list to read; headline and lead stand
in fields of their own once more, for their weight.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

import tantivy

from loa.search.cutting import terms

# What is new in the fields or the terms raises the number: an older index is then built anew.
FORMAT = 10

FILTERS = ("portal", "language", "kind", "section", "organization", "topic", "place", "original")
NAMES = ("organization", "topic", "place")  # asked for by words of their names too
_ANALYZER = "loa_terms"
_MOMENTS = 2**32  # seconds before and after 1970 that have their own place in time: some 136 years
TURN_BITS = 30  # of a place in time: entries that share a second
# Samples of the entries, drawn by chance: one of so many is in each.
SAMPLES = (64, 8)


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
    organization: str  # every name of every sender
    organization_slugs: list[str]  # likewise of every sender
    place: str  # its names, and those of the place it was merged into
    sections: list[str]
    topics: list[str]  # qcodes
    kind: str
    published_at: datetime
    digest: str
    people: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)  # number and title of each that is cited
    facts: list[str] = field(default_factory=list)  # words of what belongs to the kind: venues, product, role
    is_original: bool = True  # false for a translation
    topic_names: list[str] = field(default_factory=list)
    place_key: str = ""
    listed: list[str] = field(default_factory=list)  # other portals whose lists lead to it
    day: date | None = None  # of publication in the portal's zone; the one in UTC where nobody knows

    @property
    def entry(self) -> str:
        """The entry's public id, the same for all its languages."""
        return self.key.rpartition(":")[0]


def pairs(terms: Sequence[str]) -> list[str]:
    """Neighbours joined: ["thong", "tin", "doi"] gives ["thong_tin", "tin_doi"]."""
    return [f"{first}_{second}" for first, second in pairwise(terms)]


def day_number(day: date) -> int:
    """20231011 for 11 October 2023."""
    return day.year * 10_000 + day.month * 100 + day.day


def turn(published_at: datetime, entry: str) -> int:
    """The entry's place in time, one of its own even among those of the same second; all its texts share it."""
    own = int.from_bytes(hashlib.blake2b(entry.encode(), digest_size=4).digest(), "big") >> (32 - TURN_BITS)
    return first_turn(published_at) | own


def samples(entry: str) -> list[str]:
    """The samples an entry is in, the same for all its texts and whenever it is asked."""
    drawn = hashlib.blake2b(entry.encode(), digest_size=8).digest()[-1]
    return [str(size) for size in SAMPLES if drawn % size == 0]


def first_turn(moment: datetime) -> int:
    """The first place in time of a second."""
    return min(max(math.floor(moment.timestamp()), -_MOMENTS), _MOMENTS) << TURN_BITS


def schema() -> tantivy.Schema:
    """The fields of the index. The key is raw text: deleting by a number deletes nothing."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("entry", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("sample", tokenizer_name="raw", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("year", "day", "turn"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name, option in (("folded", "position"), ("exact", "position"), ("pairs", "freq")):
        builder.add_text_field(f"any_{name}", tokenizer_name=_ANALYZER, index_option=option)
        builder.add_text_field(f"headline_{name}", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("lead_folded", tokenizer_name=_ANALYZER, index_option="freq")
    for name in NAMES:
        builder.add_text_field(f"{name}_name", tokenizer_name=_ANALYZER, index_option="position")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Teach an opened index our analyzer; it forgets it with every process."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYZER, analyzer)


def to_row(document: Document) -> tantivy.Document:
    """The document as the index takes it."""
    row = tantivy.Document()
    for name, value in _values(document).items():
        row.add_text(name, value)
    for name, values in _lists(document).items():
        for value in values:
            row.add_text(name, value)
    day = document.day or document.published_at.date()
    row.add_integer("year", day.year)
    row.add_integer("day", day_number(day))
    row.add_integer("turn", turn(document.published_at, document.entry))
    for name, texts in _names(document).items():
        for text in texts:
            row.add_text(f"{name}_name", terms(text).folded)
    for text in _texts(document):
        _add(row, "any", text)
    _add(row, "headline", document.headline)
    row.add_text("lead_folded", terms(f"{document.subtitle} {document.lead}").folded)
    return row


def _values(document: Document) -> dict[str, str]:
    return {
        "key": document.key,
        "entry": document.entry,
        "digest": document.digest,
        "portal": document.portal,
        "language": document.language,
        "kind": document.kind,
        "place": document.place_key,
        "original": "1" if document.is_original else "0",
    }


def _lists(document: Document) -> dict[str, list[str]]:
    return {
        "portal": document.listed,
        "section": document.sections,
        "topic": document.topics,
        "organization": document.organization_slugs,
        "sample": samples(document.entry),
    }


def _names(document: Document) -> dict[str, Iterable[str]]:
    return {
        "organization": (document.organization,),
        "topic": document.topic_names,
        "place": (document.place,),
    }


def _texts(document: Document) -> Iterable[str]:
    """All that is looked for; phrases do not reach from one into the next."""
    yield from (document.headline, document.subtitle, document.lead, document.body)
    for texts in _names(document).values():
        yield from texts
    yield from (*document.people, *document.documents, *document.facts)


def _add(row: tantivy.Document, name: str, text: str) -> None:
    if not text:
        return
    found = terms(text)
    row.add_text(f"{name}_folded", found.folded)
    row.add_text(f"{name}_exact", found.exact)
    row.add_text(f"{name}_pairs", found.pairs)
