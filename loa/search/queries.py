"""Finding published entries; callers fetch their texts from the archive by id."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings

from loa.search import tree
from loa.search.engine import DEEPEST, Engine

_LARGEST_PAGE = 100
_LARGEST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry in one language."""

    public_id: str
    language: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits. `facets` maps "section", "organization", "year", "kind" to counts by value."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    page: int = 1
    size: int = 20

    @property
    def ids(self) -> list[str]:
        """Public ids in order, an entry found in two languages once."""
        return list(dict.fromkeys(hit.public_id for hit in self.hits))

    @property
    def has_next(self) -> bool:
        """Whether another page can be asked for."""
        return self.page * self.size < min(self.total, DEEPEST)


@cache
def _engine_in(home: Path) -> Engine:
    return Engine(home)


def engine() -> Engine:
    """This process's engine, in the folder of the settings."""
    return _engine_in(Path(settings.LOA_SEARCH_FOLDER))


def search(
    portal_id: int | str,
    text: str,
    *,
    section: str = "",
    organization: str = "",
    year: int | None = None,
    language: str = "",
    kind: str = "",
    sort: str = "relevance",
    page: int = 1,
    size: int = 20,
) -> SearchResult:
    """A page of hits; without a text, everything the filters let through, newest first.

    `section` and `organization` are slugs; `sort` is "relevance" or "date". Raises
    IndexUnavailable, which a page turns into "the search is being rebuilt".
    """
    size = max(1, min(size, _LARGEST_PAGE))
    page = max(1, min(page, DEEPEST // size))
    if year is not None and not 1 <= year <= _LARGEST_YEAR:
        return SearchResult(page=page, size=size)
    question = tree.parse(text)
    # Where no words are asked for, an entry is listed and counted once, not once in each of its languages.
    original = "1" if question.is_blank and not language else ""
    found = engine().search(
        question,
        tree.Filters(str(portal_id), section, organization, language, kind, year, original),
        by_date=sort == "date",
        offset=(page - 1) * size,
        limit=size,
        facets=True,
    )
    hits = tuple(Hit(*key.rsplit(":", 1)) for key in found.keys)
    return SearchResult(hits, found.total, found.facets, page, size)
