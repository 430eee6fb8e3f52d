"""Bring the index to what the archive says about some entries."""

from collections.abc import Callable, Iterable

from loa.search import queries
from loa.search.fields import Document


def replace(entries: Iterable[str], *, documents: Iterable[Document], whole: Callable[[], Iterable[Document]]) -> None:
    """Index the documents of these entries (public ids); entries without one leave the index.

    May run twice. Where there is no readable index, the first call builds it from `whole`,
    everything published, so that a lost folder mends itself. Raises IndexBusy: try again.
    """
    engine = queries.engine()
    if engine.exists():
        engine.replace(entries, documents)
    else:
        engine.rebuild(whole())
