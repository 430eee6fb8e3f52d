"""Open connections between requests: opening one reads the whole schema, which took longer than most pages.

Threads share them, so that there are as many as requests inside Django at once and not as many as threads; the one
given back last is taken first, since its pages are the warmest.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 60.0  # seconds a connection stays open: so long at most a forgotten reader keeps the log from being emptied
NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """An open connection, which file it was opened on (device and inode), and when (monotonic)."""

    connection: Any
    inode: tuple[int, int]
    at: float

    @classmethod
    def on(cls, connection: Any, file: Path) -> "Kept":
        """A connection that was opened a moment ago."""
        return cls(connection, _inode(file), time.monotonic())

    def is_good(self, file: Path) -> bool:
        """Say whether it is young and leads to this very file: another may be put in its place (`loa restore`)."""
        return self.at + LONGEST > time.monotonic() and self.inode == _inode(file) != NOWHERE


class Pool:
    """At most `most` connections that nobody uses at the moment."""

    def __init__(self) -> None:
        self.most = 0
        self._free: list[Kept] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._free)

    def take(self, file: Path) -> Kept | None:
        """A connection to this file, or None; those that are old or lead elsewhere are closed."""
        while self._free:
            with self._lock:
                kept = self._free.pop() if self._free else None
            if kept is not None and kept.is_good(file):
                return kept
            if kept is not None:
                kept.connection.close()
        return None

    def give_back(self, kept: Kept, file: Path) -> bool:
        """Keep it for the next request; False where it has to be closed."""
        if len(self._free) >= self.most or kept.connection.in_transaction or not kept.is_good(file):
            return False
        with self._lock:  # one too many, when two come at once, does no harm
            self._free.append(kept)
        return True


def _inode(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:  # in memory, or away
        return NOWHERE
    return found.st_dev, found.st_ino
