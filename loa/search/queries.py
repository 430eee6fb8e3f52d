"""Finding published entries; callers fetch their texts from the archive by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Self

from django.conf import settings
from django.core.cache import cache as cache_of_django

from loa.lib.vietnamese import kept
from loa.organizations import queries as organizations
from loa.portals.models import Portal
from loa.search import damage, folder, reading, spelling, suggesting, synonyms, tree
from loa.search.engine import DEEPEST, Engine, Hits, Part
from loa.search.errors import IndexUnavailable
from loa.search.models import SynonymList
from loa.search.words import folded_terms
from loa.topics import queries as topics

_LARGEST_PAGE = 100
_LARGEST_YEAR = 9999
_SHORTEST, _MOST_NAMES = 2, 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry in one language."""

    public_id: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What was chosen beside the words: slugs, a qcode, the id of a place, a language and a kind by code."""

    section: str = ""
    organization: str = ""
    topic: str = ""
    place: str = ""
    language: str = ""
    kind: str = ""
    year: int | None = None

    @classmethod
    def said_by(cls, said: Mapping[str, str]) -> Self:
        """As an address says it, under the same names; what is not four figures is no year."""
        asked = {name: kept(said.get(name, "")).strip() for name in cls.__dataclass_fields__}
        year = asked.pop("year")
        return cls(**asked, year=int(year) if len(year) == 4 and year.isdecimal() else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which page in which order: by relevance counted from 1, by date below or above a cursor."""

    sort: str = "relevance"  # or "date"
    number: int = 1
    size: int = 20
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, each a text. `facets` maps "section", "organization", "year" … to counts by value.

    By date `older` and `newer` are the cursors of the pages around; by relevance the numbers of pages count.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0  # texts
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    page: int = 1
    size: int = 20
    question: tree.Question = field(default_factory=tree.Question)
    is_by_date: bool = False
    older: str = ""
    newer: str = ""
    entries: int = 0  # they are texts of
    is_about: bool = False  # where the numbers come from a sample
    meant: str = ""  # the question with its typing errors put right, where there are any

    @property
    def ids(self) -> list[str]:
        """Public ids in order, an entry found in two languages once."""
        return list(dict.fromkeys(hit.public_id for hit in self.hits))

    @property
    def has_next(self) -> bool:
        """Whether another page by number can be asked for."""
        return not self.is_by_date and self.page * self.size < min(self.total, DEEPEST)


@cache
def _engine_in(home: Path) -> Engine:
    return Engine(home)


def engine() -> Engine:
    """This process's engine, in the folder of the settings."""
    return _engine_in(_folder())


def search(
    portal_id: int | str,
    text: str,
    narrowing: Narrowing = Narrowing(),
    page: Page = Page(),
) -> SearchResult:
    """A page of hits; without words everything the limits let through, newest first.

    Raises IndexUnavailable, which a page turns into "the search is being rebuilt".
    """
    question = synonyms_of(portal_id).widen(reading.parse(text))
    size = max(1, min(page.size, _LARGEST_PAGE))
    number = max(1, min(page.number, DEEPEST // size))
    is_by_date = page.sort == "date" or not question.wanted()
    if narrowing.year is not None and not 1 <= narrowing.year <= _LARGEST_YEAR:
        return SearchResult(page=number, size=size, question=question, is_by_date=is_by_date)
    before, after = _turn(page.before), _turn(page.after)
    part = Part(size + 1, (number - 1) * size, None if after is not None else before, after)
    if not is_by_date:
        part = Part(size, (number - 1) * size)
    found = _found(question, filters_of(portal_id, question, narrowing), part, is_by_date=is_by_date)
    result = _page(found, part, SearchResult(page=number, size=size, question=question, is_by_date=is_by_date))
    return replace(result, meant=meant(question, text, is_empty=not found.total)) if question.wanted() else result


def synonyms_of(portal_id: int | str) -> synonyms.Widening:
    """The words that mean the same on a portal: the operator's, else those Loa comes with."""
    return synonyms.read(synonym_lines(portal_id))


def synonym_lines(portal_id: int | str) -> str:
    """The same as lines of text."""
    if (kept := cache_of_django.get(key := _lines_key(portal_id))) is None:
        row = SynonymList.objects.filter(portal_id=portal_id).values_list("text", flat=True).first()
        cache_of_django.set(key, kept := synonyms.shipped() if row is None else row, 60)
    return str(kept)


def forget_synonym_lines(portal_id: int | str) -> None:
    """Read them anew; other processes do so within a minute."""
    cache_of_django.delete(_lines_key(portal_id))


def _lines_key(portal_id: int | str) -> str:
    return f"search-synonyms:{portal_id}"


def meant(question: tree.Question, text: str, *, is_empty: bool) -> str:
    """What may have been meant instead, or nothing. Raises IndexUnavailable."""
    with damage.is_unavailable():
        return spelling.corrected(engine().searcher(), question, text, is_empty=is_empty)


def _found(question: tree.Question, filters: tree.Filters, part: Part, *, is_by_date: bool) -> Hits:
    try:
        return engine().search(question, filters, part, by_date=is_by_date, facets=True)
    except IndexUnavailable:
        folder.mark_damaged(_folder())
        raise


def filters_of(portal_id: int | str, question: tree.Question, narrowing: Narrowing) -> tree.Filters:
    """Where to look for a question."""
    has_language = narrowing.language or any(one.name == "language" for one in question.limits)
    return tree.Filters(
        portal=str(portal_id),
        section=narrowing.section,
        organization=narrowing.organization,
        topic=narrowing.topic,
        place=narrowing.place,
        language=narrowing.language,
        kind=narrowing.kind,
        year=narrowing.year,
        # Where no words are asked for, an entry is listed and counted once, not once in each of its languages.
        original="" if question.wanted() or has_language else "1",
    )


def _page(found: Hits, part: Part, empty: SearchResult) -> SearchResult:
    """The hits as a page; by date one more than a page was asked for, which tells whether there is another."""
    size, keys, turns = empty.size, found.keys, found.turns
    has_more, older, newer = len(keys) > size, "", ""
    if part.after is not None:
        keys, turns = keys[-size:], turns[-size:]
        older, newer = _cursor(turns[-1:]), _cursor(turns[:1]) if has_more else ""
    elif empty.is_by_date:
        keys, turns = keys[:size], turns[:size]
        older = _cursor(turns[-1:]) if has_more else ""
        newer = _cursor(turns[:1]) if part.before is not None or part.offset else ""
    return SearchResult(
        tuple(Hit(*key.rsplit(":", 1)) for key in keys),
        found.total,
        found.facets,
        empty.page,
        size,
        empty.question,
        empty.is_by_date,
        older,
        newer,
        found.entries,
        found.is_about,
    )


def _cursor(turns: tuple[int, ...]) -> str:
    return str(turns[0]) if turns else ""


def _turn(cursor: str) -> int | None:
    bare = cursor.removeprefix("-")
    return int(cursor) if len(bare) < 20 and bare.isascii() and bare.isdecimal() and abs(int(bare)) < 2**63 else None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be meant by what was typed so far: names with slugs, qcodes, public ids."""

    senders: list[tuple[str, str]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)


def suggest(portal: Portal, text: str, language: str) -> Suggestions:
    """At most three organizations and topics and five headlines. Raises IndexUnavailable."""
    if len(text) < _SHORTEST:
        return Suggestions()
    senders, named = _names(portal, language)
    with damage.is_unavailable():
        keys = suggesting.headlines(engine(), str(portal.pk), text)
    return Suggestions(
        [one for one in senders if suggesting.goes_on(one[0], text)][:_MOST_NAMES],
        [qcode for name, qcode in named if suggesting.goes_on(name, text)][:_MOST_NAMES],
        list(dict.fromkeys(key.rpartition(":")[0] for key in keys)),
    )


def _names(portal: Portal, language: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Organizations and topics by name, read at most once a minute."""
    found: tuple[list[tuple[str, str]], list[tuple[str, str]]] | None = cache_of_django.get(
        key := f"search-names:{portal.pk}:{language}"
    )
    if found is None:
        rows = organizations.public(portal.pk).order_by("name").values_list("name", "slug")
        found = list(rows), [(one.label(language), one.qcode) for one in topics.named(language)]
        cache_of_django.set(key, found, 60)
    return found


def has_words(headline: str, text: str) -> bool:
    """Whether a headline holds every word asked for; for as long as there is no index."""
    held = set(folded_terms(headline))
    return all(held.issuperset(words.folded) for words in reading.parse(text).wanted())


def note_checked() -> None:
    """Remember that the index is as the archive says."""
    folder.note_checked(_folder())


def checked_at() -> float:
    """When that was last so, in seconds since 1970."""
    return folder.checked_at(_folder())


def is_marked_damaged() -> bool:
    """Whether a reader met damage since."""
    return folder.is_marked_damaged(_folder())


def _folder() -> Path:
    return Path(settings.LOA_SEARCH_FOLDER)
