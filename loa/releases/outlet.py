"""The outlet that tells the author what happened to a release."""

from django.conf import settings

from loa.archive.models import Notice, State
from loa.archive.queries import address
from loa.mail.actions.queue import queue
from loa.releases import queries

SUBJECTS = {
    "published": "Đã đăng: {headline}",
    "corrected": "Đã đính chính: {headline}",
    "withdrawn": "Đã rút: {headline}",
    "restored": "Đã đăng lại: {headline}",
}


def carry(notice: Notice) -> None:
    """Queues one mail to the author; the key makes a second run do nothing.

    A withdrawal calls back what has not left, and what was withdrawn first is not announced.
    """
    release = queries.of_entry(notice.entry_id)
    is_overtaken = notice.entry.state == State.WITHDRAWN and notice.kind != Notice.Kind.WITHDRAWN
    if release is None or release.author is None or is_overtaken:
        return
    subject = SUBJECTS[notice.kind].format(headline=notice.version.headline)
    link = f"{settings.LOA_ORIGIN}{address(notice.entry)}"
    # Whoever withdrew it, the author reads what readers find there now.
    why = f"{notice.entry.statement}\n\n" if notice.kind == Notice.Kind.WITHDRAWN else ""
    cancel_key = "" if notice.kind == Notice.Kind.WITHDRAWN else f"entry:{notice.entry.public_id}"
    queue(
        key=f"author:{notice.id}", to=release.author.email, subject=subject, text=f"{subject}\n\n{why}{link}\n",
        cancel_key=cancel_key,
    )  # fmt: skip
