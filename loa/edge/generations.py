"""What makes stored pages stale in every process of this machine at once: counters in a file they all map.

A tag is a counter; purging adds one to it. A page remembers the counters of its tags from before its first read, and
is good while they are the same. Two tags may share a counter: then a page goes too often, and never too late.
"""

import fcntl
import mmap
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from zlib import crc32

REMEMBERED = 4_096  # purges that were done under a name; an older one may be done again, which is harmless
COUNTERS = 16_384  # of eight bytes: 128 kB, copied before each page that is made
EVERY = 0  # the counter that moves at each purge: while it stands still, nothing else needs to be looked at


class Generations:
    """The mapped file; reading is a look into memory, purging holds a lock of the file."""

    def __init__(self, path: Path) -> None:
        self._file, self._map = mapped(path, COUNTERS)
        self.table = memoryview(self._map).cast("Q")
        self._done = memoryview(mapped(path.with_name(f"{path.name}-done"), REMEMBERED)[1]).cast("Q")

    def slots(self, tags: Iterable[str]) -> tuple[int, ...]:
        """The counters of these tags."""
        return slots_of(tags)

    def now(self) -> memoryview:
        """All counters as they stand, to be taken before the first read of what a page shows."""
        return memoryview(bytes(self._map)).cast("Q")

    def is_same(self, slots: Iterable[int], then: memoryview) -> bool:
        """Say whether none of these has moved since."""
        return all(self.table[slot] == then[slot] for slot in slots)

    def move_all(self) -> None:
        """Make everything stale, in every process."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            for slot in range(COUNTERS - 1, -1, -1):
                self.table[slot] += 1
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)

    def is_done(self, name: str) -> bool:
        """Say whether a purge of this name was done on this machine; one of long ago is forgotten."""
        slot, value = _mark(name)
        return self._done[slot] == value

    def move(self, tags: Iterable[str], name: str = "") -> None:
        """Make what carries one of these tags stale, in every process. The counter of all moves last."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            for slot in (*self.slots(tags), EVERY):
                self.table[slot] += 1
            if name:
                slot, value = _mark(name)
                self._done[slot] = value
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)


def slots_of(tags: Iterable[str]) -> tuple[int, ...]:
    """The counters of these tags, the same in every file."""
    return tuple({1 + crc32(tag.encode()) % (COUNTERS - 1) for tag in tags})


def mapped(path: Path, numbers: int) -> tuple[int, mmap.mmap]:
    """A file of so many numbers of eight bytes, in memory that all processes share."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.fstat(file).st_size != numbers * 8:  # zeros; two that come at once agree
        os.ftruncate(file, numbers * 8)
    return file, mmap.mmap(file, numbers * 8)


def _mark(name: str) -> tuple[int, int]:
    """Where a name is remembered, and as which number; never as nought."""
    digest = sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big") % REMEMBERED, int.from_bytes(digest[4:12], "big") | 1
