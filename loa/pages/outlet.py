"""The outlet that throws away what was set on paper of a text that changed or was withdrawn."""

from loa.archive.models import Notice
from loa.lib import pdf_shelf
from loa.pages.rules import papers_folder


def carry(notice: Notice) -> None:
    """Forgets every PDF of the entry; running twice changes nothing."""
    pdf_shelf.forget(papers_folder(), notice.entry.public_id)
