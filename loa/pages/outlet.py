"""The outlet that throws away what was set on paper or drawn of a text that changed or was withdrawn."""

from loa.archive.models import Notice
from loa.lib import card_shelf, pdf_shelf
from loa.pages.rules import cards_folder, papers_folder


def carry(notice: Notice) -> None:
    """Forgets every PDF and card of the entry; running twice changes nothing."""
    pdf_shelf.forget(papers_folder(), notice.entry.public_id)
    card_shelf.forget(cards_folder(), notice.entry.public_id)
