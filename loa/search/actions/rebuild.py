"""Write the index anew beside the old one and swap."""

from collections.abc import Iterable

from loa.search import queries
from loa.search.fields import Document


def rebuild(documents: Iterable[Document]) -> int:
    """Build from everything published; returns the number of documents. Readers notice nothing."""
    return queries.engine().rebuild(documents)
