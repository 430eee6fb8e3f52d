"""Search again: the search learns what the desk changed about entries."""

from collections.abc import Sequence

from loa.search import record
from loa.search.actions.replace import replace
from loa.search.errors import IndexBusy, IndexUnavailable

BATCH = 200


def search_again(entries: Sequence[str]) -> None:
    """After the commit, by public id. May run twice; where the index is busy or broken, tonight's check mends it."""
    try:
        for start in range(0, len(entries), BATCH):
            part = entries[start : start + BATCH]
            replace(part, documents=record.of_entries(part), whole=record.everything)
    except (IndexBusy, IndexUnavailable):
        return
