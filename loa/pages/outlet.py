"""The outlet that makes pages, lists and feeds of a text that changed new for their next readers."""

from loa.archive.models import Notice
from loa.archive.queries import purge_of, tags_of
from loa.edge.actions.purge import purge
from loa.lib import card_shelf, pdf_shelf
from loa.pages.rules import cards_folder, papers_folder


def carry(notice: Notice) -> None:
    """Forgets every PDF and card of the entry, then purges what shows it, unless the act that wrote it did.

    Running twice changes nothing.
    """
    pdf_shelf.forget(papers_folder(), notice.entry.public_id)
    card_shelf.forget(cards_folder(), notice.entry.public_id)
    purge(tags_of(notice), purge_of(notice))
