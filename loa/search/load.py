"""A load of entries for an index, which can be written by a process that knows the index's folder and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loa.search.engine import Engine
from loa.search.errors import IndexBusy, IndexUnavailable
from loa.search.fields import Document

# Bytes held before they are written: all that is committed at once. What is written in pieces is put together later,
# which costs a seventh of the whole once more.
_HEAP = 160_000_000


@dataclass(frozen=True, slots=True)
class Load:
    """Entries by public id and their documents, for the index in a folder."""

    folder: Path
    entries: Sequence[str]
    documents: Sequence[Document]
    is_more: bool = False  # the next load is committed with this one; no entry is in both


def write(load: Load) -> bool:
    """Bring these entries up to date; says whether it could be done now. Twice is once.

    Loads that are committed together are in the index when each of them could be written.
    """
    try:
        _engine(load.folder).replace(load.entries, load.documents, is_more=load.is_more)
    except (IndexBusy, IndexUnavailable):
        return False
    return True


@cache
def _engine(folder: Path) -> Engine:
    return Engine(folder, heap=_HEAP)
