"""Carry: bring the search index up to what was brought in, in a process beside, while more is being written."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from loa.archive.models import Entry
from loa.imports.actions.render import WORTH_A_PROCESS
from loa.lib.beside import Beside
from loa.search import queries, record
from loa.search.actions.rebuild import rebuild
from loa.search.errors import IndexBusy
from loa.search.load import Load

AT_ONCE = 500  # entries of a load
MOST_IN_HAND = 4  # loads, the one that is being indexed and those behind it
A_COMMIT = 4_000  # entries; the fewer there are, the more often Tantivy writes everything anew
LONGEST = 30.0  # seconds between two commits, well within the lease

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wire:
    """How the wire, which stands above this room, is kept from carrying what is carried here."""

    take_on: Callable[[Iterable[Entry]], list[int]]  # inside the transaction that makes the entries
    settle: Callable[[Sequence[int], bool], None]  # whether it was done; what was not, a worker does


@dataclass
class _Group:
    """Loads that are committed together."""

    notices: list[int] = field(default_factory=list)
    begun_at: float = field(default_factory=time.monotonic)
    is_done: bool = True  # as far as is known

    @property
    def is_full(self) -> bool:
        """Whether it is time for the commit."""
        return len(self.notices) >= A_COMMIT or time.monotonic() - self.begun_at > LONGEST


class Carrier:
    """Load after load is indexed beside. What a killed run leaves undone, a worker does when the lease runs out."""

    def __init__(self, wire: Wire | None, beside: Beside[Load, bool]) -> None:
        self._wire = wire if wire is not None and _has_index() else None
        self._beside = beside
        self._entries: list[Entry] = []
        self._notices: list[int] = []
        self._group = _Group()  # of the load that comes next
        self._in_hand: deque[tuple[_Group, bool]] = deque()  # of each load in hand its group, whether that ends there

    def take_on(self, entries: Sequence[Entry]) -> None:
        """Inside the transaction that made them; a few are left to the worker."""
        if self._wire is not None and (len(entries) >= WORTH_A_PROCESS or self._entries or self._beside.is_started):
            self._notices += self._wire.take_on(entries)
            self._entries += entries

    def carry(self) -> None:
        """After the commit: hand over what was taken on, once it is worth it."""
        self._settle(leave=MOST_IN_HAND - 1)
        if len(self._entries) >= AT_ONCE:
            self._begin(is_last=False)

    def finish(self) -> None:
        """Hand over the rest and wait for it."""
        self._settle(leave=MOST_IN_HAND - 1)
        if self._entries or self._group.notices:
            self._begin(is_last=True)
        self._settle(leave=0)

    def _begin(self, *, is_last: bool) -> None:
        group, entries = self._group, self._entries
        group.notices += self._notices
        self._entries, self._notices = [], []
        ends = is_last or group.is_full
        ids, documents = [entry.public_id for entry in entries], record.documents_of_many(entries)
        self._beside.begin(Load(queries.engine().folder, ids, documents, is_more=not ends))
        self._in_hand.append((group, ends))
        if ends:
            self._group = _Group()

    def _settle(self, leave: int) -> None:
        """Write down what became of the loads that are done, and wait where more than so many are in hand."""
        while self._wire is not None and self._in_hand and (self._beside.is_ready or len(self._in_hand) > leave):
            try:
                is_done = self._beside.fetch()
            except EOFError:
                self._give_up(self._wire)
                return
            group, ends = self._in_hand.popleft()
            group.is_done = group.is_done and is_done
            if ends:
                self._wire.settle(group.notices, group.is_done)

    def _give_up(self, wire: Wire) -> None:
        """The process has died: all that it had, and all that is still to come, is a worker's."""
        log.warning("the process that indexes what is brought in was ended; a worker does the rest")
        self._wire = None
        groups = [group for group, ends in self._in_hand if ends]
        for notices in (*(group.notices for group in (*groups, self._group)), self._notices):
            wire.settle(notices, False)
        self._in_hand.clear()
        self._entries, self._notices, self._group = [], [], _Group()


def _has_index() -> bool:
    """Whether there is an index to write to; a new portal gets its own. Whoever is building it sees to everything."""
    if queries.engine().exists():
        return True
    try:
        rebuild(record.everything(), record.changed_from_now())
    except IndexBusy:
        return False
    return True
