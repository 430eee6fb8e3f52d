"""Write the index anew beside the old one and swap."""

from collections.abc import Callable, Iterable

from loa.search import queries
from loa.search.engine import Late
from loa.search.fields import Document


def rebuild(documents: Iterable[Document], late: Callable[[], Late] | None = None) -> int:
    """Build from everything published; returns the number of documents. Readers notice nothing.

    `late` says at the end what changed meanwhile. No words of anything withdrawn are left in the new files.
    """
    count = queries.engine().rebuild(documents, late)
    queries.note_checked()
    return count
