"""The index's writer, kept in hand from batch to batch: to open one and to wait for its merges takes longer than they.

As an index grows, Tantivy puts its small parts together, in threads of its own. Whoever opens a writer for each batch
waits for that at the end of each; here it goes on while the next ones are written. What was committed stands whatever
becomes of the process, and both locks end with it.

A pen is laid down when nothing came for a while, and soon when somebody else waits to write: a rebuild, an import.
What was to be committed later is committed then.
"""

import atexit
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

import tantivy

from loa.search import damage, fields, folder
from loa.search.errors import IndexBusy, IndexUnavailable

HEAP = 48_000_000  # bytes held before they are written
IDLE = 10.0  # seconds
_LOOK = 0.05  # seconds between two looks whether somebody waits
_TURN = 0.1  # seconds that others are given who wait already

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Held:
    """A writer, the folder it writes in, by name and by inode, and what is given back with it."""

    writer: Any
    place: tuple[Path, int]
    locks: ExitStack


class Pen:
    """Threads may share one; of all in all processes one at a time is in hand."""

    def __init__(self, home: Path, patience: float, heap: int = HEAP) -> None:
        """`patience`: seconds to wait for another writer before raising IndexBusy; `heap`: bytes, see HEAP."""
        self._home, self._patience, self._heap = home, patience, heap
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._used = 0.0
        self._is_open = False  # something was written and not committed
        _pens.add(self)

    @contextmanager
    def in_hand(self, *, is_more: bool = False) -> Iterator[Any]:
        """A writer whose work is committed at the end, or not at all. Raises IndexUnavailable, IndexBusy.

        `is_more`: it is committed with what comes next; where that raises, it may be lost with it.
        """
        with self._lock:
            writer = self._taken().writer
            try:
                with damage.is_unavailable():
                    yield writer
                    self._is_open = True
                    if not is_more:
                        self._commit(writer)
            except BaseException:
                self._lay_down(is_spoilt=True)
                raise
            self._used = time.monotonic()
            if folder.is_wanted(self._home):
                self._lay_down()

    def lay_down(self) -> None:
        """Let others write; returns when the merges of this writer are done."""
        with self._lock:
            self._lay_down()

    @property
    def is_open(self) -> bool:
        """Whether something was written that waits for its commit."""
        return self._is_open

    def _commit(self, writer: Any) -> None:
        writer.commit()
        self._is_open = False

    def _taken(self) -> _Held:
        if self._held is not None and self._held.place != _place(self._home):
            self._lay_down()  # the folder was taken away under it
        if self._held is None:
            if self._is_open:
                self._is_open = False
                raise IndexUnavailable("what was written before could not be committed")
            if folder.is_wanted(self._home):
                time.sleep(_TURN)
            self._held = _take(self._home, self._patience, self._heap)
            self._used = time.monotonic()
            threading.Thread(target=self._watch, args=(self._held,), name="pen", daemon=True).start()
        return self._held

    def _watch(self, held: _Held) -> None:
        """Lay it down in time; there is one such thread as long as it is in hand."""
        while self._held is held:
            time.sleep(_LOOK)
            with self._lock:
                if self._held is held and (time.monotonic() > self._used + IDLE or folder.is_wanted(self._home)):
                    self._lay_down()

    def _lay_down(self, *, is_spoilt: bool = False) -> None:
        held, self._held = self._held, None
        if held is None:
            return
        try:
            with damage.is_unavailable(), held.locks:
                if is_spoilt:
                    self._is_open = False
                    held.writer.rollback()
                elif self._is_open:
                    self._commit(held.writer)
        except IndexUnavailable:  # its merges come to nothing then, and what was committed stands as it is
            log.warning("the writer of the search index did not end well", exc_info=True)


_pens: WeakSet[Pen] = WeakSet()


@atexit.register
def _lay_all_down() -> None:
    """No thread may be inside Tantivy when the interpreter ends."""
    for pen in list(_pens):
        pen.lay_down()


@contextmanager
def opened(index: tantivy.Index, heap: int = HEAP) -> Iterator[Any]:
    """A writer that nothing was written with yet; at the end its merges are waited for."""
    try:
        writer = index.writer(heap_size=heap, num_threads=1)
    except ValueError as error:
        if "lock" in str(error).lower():
            raise IndexBusy("another writer holds the search index") from error
        raise
    try:
        yield writer
    finally:
        # This, not the garbage collector, gives Tantivy's own lock back.
        writer.wait_merging_threads()


def _take(home: Path, patience: float, heap: int) -> _Held:
    with ExitStack() as locks:
        locks.enter_context(folder.one_writer(home, patience))
        place = _place(home)
        with damage.is_unavailable():
            index = tantivy.Index.open(str(place[0]))
            fields.register(index)
            writer = locks.enter_context(opened(index, heap))
        return _Held(writer, place, locks.pop_all())


def _place(home: Path) -> tuple[Path, int]:
    """Raises IndexUnavailable."""
    generation = folder.current(home)
    with damage.is_unavailable():
        return generation, generation.stat().st_ino
