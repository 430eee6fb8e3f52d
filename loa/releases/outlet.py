"""The outlet that tells the author what happened to a release."""

from loa.archive.models import Notice, State
from loa.releases import emails, queries


def carry(notice: Notice) -> None:
    """Queues one mail to the author.

    A withdrawal calls back what has not left, and what was withdrawn first is not announced.
    """
    release = queries.of_entry(notice.entry_id)
    is_overtaken = notice.entry.state == State.WITHDRAWN and notice.kind != Notice.Kind.WITHDRAWN
    if release is not None and not is_overtaken:
        emails.tell(notice, release)
