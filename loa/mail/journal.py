"""What a sender did, line by line, before the database knows.

One file a sender, appended to with one write a line: `started` before a mail's text goes out, `ended` when its answer
came. A killed process loses no line it wrote; a torn last line fails its checksum and is ignored. Whoever holds the
file's lock lives, so the journal of a dead sender is found by taking its lock.

Lines are not forced to the disk one by one (some hundreds a second would be the most), and need not be: they only have
to outlive the process until its rows are settled. When the machine itself went down they may be missing, which the
kernel's boot id in the first line tells; then every row in hand is in doubt, and none is taken for unsent.
"""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from loa.lib.tokens import random_id

LARGE = 4_000_000  # bytes after which a fresh file is begun
MOST = 400  # characters kept of an answer
HEAD = "loa-mail-journal-1"

Try = tuple[str, int, int]  # kind of row ("m" a message, "c" a copy), its id, and how often it was tried before


def folder() -> Path:
    """Where the journals of this machine lie."""
    return Path(settings.LOA_HOME) / "mail"


def boot() -> str:
    """What changes whenever the machine starts anew; unknown where the kernel does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "unknown"


class Journal:
    """The living sender's own."""

    def __init__(self) -> None:
        self.owner = random_id()
        self._number = 0
        self._open: set[Try] = set()  # started and not ended
        self._path, self._file, self._size = self._begin()

    def started(self, this: Try) -> None:
        """Say that the text of a mail goes out next. Raises OSError; then it must not go."""
        self._write(f"started {this[0]} {this[1]} {this[2]}")
        self._open.add(this)

    def ended(self, this: Try, what: str, answer: str) -> None:
        """Say how it ended. Raises OSError."""
        self._open.discard(this)
        self._write(f"ended {this[0]} {this[1]} {this[2]} {what} {' '.join(answer.split())[:MOST]}")

    def shorten(self) -> None:
        """Begin a fresh file when this one is large; to be called when all that ended is settled and committed."""
        if self._size < LARGE:
            return
        old_path, old_file = self._path, self._file
        self._path, self._file, self._size = self._begin()
        for this in self._open:
            self._write(f"started {this[0]} {this[1]} {this[2]}")
        old_path.unlink(missing_ok=True)
        os.close(old_file)

    def close(self, *, is_settled: bool) -> None:
        """Let go of the file; with everything settled it is of no more use."""
        if is_settled:
            self._path.unlink(missing_ok=True)
        os.close(self._file)

    def _begin(self) -> tuple[Path, int, int]:
        """Make a file that is locked before it has its name, so that nobody takes it for a dead sender's."""
        self._number += 1
        folder().mkdir(parents=True, exist_ok=True)
        path = folder() / f"{self.owner}.{self._number}.journal"
        half = path.with_suffix(".new")
        file = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        head = _line(f"{HEAD} {self.owner} {boot()}")
        os.write(file, head)
        os.fsync(file)
        half.rename(path)
        return path, file, len(head)

    def _write(self, words: str) -> None:
        line = _line(words)
        written = os.write(self._file, line)
        self._size += written
        if written != len(line):
            raise OSError("the journal's disk is full")


@dataclass
class Left:
    """What a dead sender left: what it had begun, and what ended how."""

    owner: str
    is_whole: bool  # no line can be missing: same boot, and no damage before the last line
    started: set[Try] = field(default_factory=set)
    ended: dict[Try, tuple[str, str]] = field(default_factory=dict)


@contextmanager
def left_behind() -> Iterator[list[Left]]:
    """The journals of dead senders of this machine, held while they are read; they go when the caller has settled."""
    paths: dict[str, list[Path]] = {}
    for path in sorted(folder().glob("*.journal")) if folder().exists() else ():
        paths.setdefault(path.name.partition(".")[0], []).append(path)
    held: list[tuple[Path, int]] = []
    found: list[Left] = []
    try:
        for owner, files in paths.items():
            if mine := _lock_all(files):
                held += mine
                found.append(_read_all(owner, [path for path, _ in mine]))
        yield found
        for path, _ in held:
            path.unlink(missing_ok=True)
    finally:
        for _, file in held:
            os.close(file)


def living() -> set[str]:
    """The senders whose journals are on this machine; those of dead ones are seen to by `left_behind`."""
    return {path.name.partition(".")[0] for path in folder().glob("*.journal")}


def _lock_all(paths: list[Path]) -> list[tuple[Path, int]]:
    """Every file of an owner, locked; none if it lives."""
    held: list[tuple[Path, int]] = []
    for path in paths:
        try:
            file = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            for _, other in held:
                os.close(other)
            return []
        held.append((path, file))
    return held


def _read_all(owner: str, paths: list[Path]) -> Left:
    left = Left(owner, is_whole=boot() != "unknown")
    for path in paths:
        read(path.read_bytes(), left)
    return left


def read(data: bytes, left: Left) -> None:
    """Add one file's lines to what is known."""
    *lines, torn = data.split(b"\n")
    words = [_words(line) for line in lines]
    head = words[0] if words else None
    if head is None or head[0] != HEAD or head[-1] != boot() or None in words[:-1] or (torn and words[-1] is None):
        left.is_whole = False
    for word in words:
        if word and word[0] == "started":
            left.started.add((word[1], int(word[2]), int(word[3])))
        elif word and word[0] == "ended":
            left.ended[word[1], int(word[2]), int(word[3])] = (word[4], " ".join(word[5:]))


def _line(words: str) -> bytes:
    raw = words.encode("utf-8", "replace")
    return b"%08x %s\n" % (zlib.crc32(raw), raw)


def _words(line: bytes) -> list[str] | None:
    """A line's words, or None when its checksum is not its own."""
    checksum, _, raw = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(raw):
        return None
    return raw.decode("utf-8", "replace").split(" ")
