"""Where every notice goes; nothing else happens "after publish".

Each outlet takes one notice, may be handed it twice, and raises when it could not carry it. An outlet added here
starts at the first notice and catches up by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from loa.archive.models import Notice
from loa.newsletters import outlet as at_once
from loa.pages import outlet as papers
from loa.releases import outlet as releases
from loa.search import outlet as search


@dataclass(frozen=True)
class Outlet:
    """How one outlet is handed notices; `carry_all` takes many at the price of one.

    An outlet is for news, or for what was brought in from before (`is_for_the_past`): an archive of years, read in
    within minutes, neither keeps a release of today waiting nor is told to anybody as news.
    """

    carry: Callable[[Notice], None]
    carry_all: Callable[[list[Notice]], None] | None = None
    is_for_the_past: bool = False
    hears_of_lists: bool = False  # what sisters list: no text is new, and nobody is told

    def takes(self, notice: Notice) -> bool:
        """Whether a notice is for this outlet."""
        if notice.kind == Notice.Kind.LISTED:
            return self.hears_of_lists
        return (notice.kind == Notice.Kind.BROUGHT_IN) == self.is_for_the_past


OUTLETS: dict[str, Outlet] = {
    "search": Outlet(search.carry, search.carry_all, hears_of_lists=True),
    "search-past": Outlet(search.carry, search.carry_all, is_for_the_past=True),
    "at-once": Outlet(at_once.carry, at_once.carry_all),
    "author-mail": Outlet(releases.carry),
    "links": Outlet(releases.carry_links),
    "papers": Outlet(papers.carry, hears_of_lists=True),
}
