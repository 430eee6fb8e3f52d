"""Carry: bring the search index up to what was brought in, in a process beside, while the next batch is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from loa.archive.models import Entry
from loa.imports.actions.render import WORTH_A_PROCESS
from loa.lib.beside import Beside
from loa.search import queries, record
from loa.search.actions.rebuild import rebuild
from loa.search.errors import IndexBusy
from loa.search.load import Load

AT_ONCE = 1_000  # entries; a commit of the index costs the same for few and for many


@dataclass(frozen=True)
class Wire:
    """How the wire, which stands above this room, is kept from carrying what is carried here."""

    take_on: Callable[[Iterable[Entry]], list[int]]  # inside the transaction that makes the entries
    settle: Callable[[Sequence[int], bool], None]  # whether it was done; what was not, a worker does


class Carrier:
    """One load at a time is indexed beside. What a killed run leaves undone, a worker does when the lease runs out."""

    def __init__(self, wire: Wire | None, beside: Beside[Load, bool]) -> None:
        self._wire = wire if wire is not None and _has_index() else None
        self._beside = beside
        self._entries: list[Entry] = []
        self._notices: list[int] = []
        self._in_hand: list[int] = []

    def take_on(self, entries: Sequence[Entry]) -> None:
        """Inside the transaction that made them; a few are left to the worker."""
        if self._wire is not None and (len(entries) >= WORTH_A_PROCESS or self._entries or self._beside.is_started):
            self._notices += self._wire.take_on(entries)
            self._entries += entries

    def carry(self, at_least: int = AT_ONCE) -> None:
        """After the commit: hand over what was taken on, once it is worth a commit of the index."""
        if len(self._entries) < at_least:
            return
        ids = [entry.public_id for entry in self._entries]
        load = Load(queries.engine().folder, ids, record.documents_of_many(self._entries))
        self._settle()
        self._beside.begin(load)
        self._entries, self._notices, self._in_hand = [], [], self._notices

    def finish(self) -> None:
        """Hand over the rest and wait for it."""
        self.carry(at_least=1)
        self._settle()

    def _settle(self) -> None:
        if not self._in_hand or self._wire is None:
            return
        try:
            is_done = self._beside.fetch()
        except EOFError:  # the process has died of it
            is_done = False
        self._wire.settle(self._in_hand, is_done)
        self._in_hand = []


def _has_index() -> bool:
    """Whether there is an index to write to; a new portal gets its own. Whoever is building it sees to everything."""
    if queries.engine().exists():
        return True
    try:
        rebuild(record.everything(), record.changed_from_now())
    except IndexBusy:
        return False
    return True
