"""The outlet that keeps the index like the record."""

from collections.abc import Iterable

from loa.archive.models import Notice, State
from loa.search import record
from loa.search.actions.replace import replace


def carry(notice: Notice) -> None:
    """Brings one entry up to date; running twice changes nothing. Raises IndexBusy: the wire tries again."""
    carry_all([notice])


def carry_all(notices: Iterable[Notice]) -> None:
    """Brings the entries of several notices up to date in one commit."""
    entries = list(record.rows().filter(pk__in={notice.entry_id for notice in notices}))
    public = [entry for entry in entries if entry.state == State.PUBLISHED]
    documents = [one for entry in public for one in record.documents_of(entry)]
    replace([entry.public_id for entry in entries], documents=documents, whole=record.everything)
