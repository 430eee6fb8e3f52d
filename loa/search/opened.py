"""The current index as a process has it open: that of the last commit, with what was learnt of it since."""

import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from loa.search import damage, fields, folder
from loa.search.asking import Rarities
from loa.search.errors import IndexUnavailable

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """An index as of one commit; `named` and `written` tell that there is no newer one."""

    index: tantivy.Index
    rarities: Rarities
    generation: Path
    named: _Stamp | None
    written: _Stamp

    @property
    def searcher(self) -> tantivy.Searcher:
        """What finds in it."""
        return self.rarities.searcher


class Reader:
    """Threads may share one."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._last: Opened | None = None

    def now(self) -> Opened:
        """The current index, as of its last commit. Raises IndexUnavailable."""
        with self._lock:
            try:
                self._last = self._looked_at(self._last)
            except IndexUnavailable:
                # A rebuild may have swapped it between the look at its name and its opening.
                self._last = self._looked_at(self._last)
            return self._last

    def _looked_at(self, last: Opened | None) -> Opened:
        named = _stamp(self._home / "CURRENT")
        is_named_still = last is not None and last.named == named is not None
        generation = last.generation if last is not None and is_named_still else folder.current(self._home)
        written = _stamp(generation / "meta.json")
        if written is None:
            raise IndexUnavailable("the index has lost its contents page")
        if last is None or last.generation != generation:
            index = for_reading(generation)
        elif last.written == written:
            return last if is_named_still else Opened(last.index, last.rarities, generation, named, written)
        else:
            index = last.index
            with damage.is_unavailable():
                index.reload()
        return Opened(index, Rarities(index.searcher()), generation, named, written)


def for_reading(generation: Path) -> tantivy.Index:
    """A generation for reading. Raises IndexUnavailable."""
    with damage.is_unavailable():
        index = tantivy.Index.open(str(generation))
        index.config_reader(reload_policy="manual")
        fields.register(index)
        index.reload()
        return index


def _stamp(path: Path) -> _Stamp | None:
    """What changes with each writing of a file; to look takes a tenth of the time that reading takes."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
