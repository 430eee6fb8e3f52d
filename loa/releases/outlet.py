"""The outlets of this room: one tells the author what happened, one keeps what published releases lead to."""

from loa.archive.models import Notice, State
from loa.releases import emails, queries
from loa.releases.actions.keep_links import keep_links


def carry(notice: Notice) -> None:
    """Queues one mail to the author.

    A withdrawal calls back what has not left, and what was withdrawn first is not announced.
    """
    release = queries.of_entry(notice.entry_id)
    is_overtaken = notice.entry.state == State.WITHDRAWN and notice.kind != Notice.Kind.WITHDRAWN
    if release is not None and not is_overtaken:
        emails.tell(notice, release)


def carry_links(notice: Notice) -> None:
    """Writes down where its text leads now, for the worker to look at by night."""
    release = queries.of_entry(notice.entry_id)
    if release is not None:
        keep_links(release)
