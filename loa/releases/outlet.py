"""The outlet that tells the author what happened to a release."""

from django.conf import settings

from loa.archive.models import Notice
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
    """Queues one mail to the author; the key makes a second run do nothing."""
    release = queries.of_entry(notice.entry_id)
    if release is None or release.author is None:
        return
    subject = SUBJECTS[notice.kind].format(headline=notice.version.headline)
    link = f"{settings.LOA_ORIGIN}{address(notice.entry)}"
    queue(key=f"author:{notice.id}", to=release.author.email, subject=subject, text=f"{subject}\n\n{link}\n")
