"""Pages that one web worker made, for the others of the same server: each is made once, however many workers there are.

A page is a small file that another worker reads in place of asking Django; a lock of the key keeps two from making it
at the same time. It says itself how long it is good, and the counters say whether it still is; nothing here is ever
believed beyond that, and everything may be deleted at any time. Files are bounded: two keys may share one, and the
later page takes the place of the earlier.
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from loa.edge.store import Key, Page

FILES = 1_024
LARGEST = 300_000  # bytes of a page that is shared
WAIT = 1.0  # seconds for another worker's page; then it is made here too
_NAP, _LONGEST_NAP = 0.003, 0.012  # seconds; many may wait, and each look takes the others' time
_PARTS = ("headers", "etag", "slots", "then", "seen_at", "fresh_until", "good_until", "vary", "release")


class Shelf:
    """The folder, of all workers of one start. Whatever the disk refuses is as if it were empty."""

    def __init__(self, folder: Path, start: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.start = folder, start or start_of(os.getppid())
        self._locks = os.open(folder / "locks", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def turn(self, key: Key) -> Iterator[None]:
        """Be the only one who makes this page, or have waited; the lock goes with a process that dies."""
        place = int.from_bytes(self._digest(key)[:4], "big")
        until, is_mine, nap = time.monotonic() + WAIT, False, _NAP
        while not is_mine and time.monotonic() < until:
            try:
                fcntl.lockf(self._locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
                is_mine = True
            except OSError:
                time.sleep(nap)
                nap = min(_LONGEST_NAP, nap * 1.5)
        try:
            yield
        finally:
            if is_mine:
                fcntl.lockf(self._locks, fcntl.LOCK_UN, 1, place)

    def get(self, key: Key) -> Page | None:
        """The page as it was made, good or not."""
        digest = self._digest(key)
        try:
            head, _, body = self._path(digest).read_bytes().partition(b"\n")
            said = json.loads(head)
            if said["key"] != digest.hex() or said["body"] != sha256(body).hexdigest():
                return None  # of another page, or of another server's workers
            headers = [(name, value) for name, value in said["headers"]]
            lists = {"headers": headers, "slots": tuple(said["slots"]), "then": tuple(said["then"])}
            return Page(key=key, body=body, **({name: said[name] for name in _PARTS} | lists))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, page: Page) -> None:
        """Leave a page for the others."""
        if len(page.body) > LARGEST:
            return
        digest = self._digest(page.key)
        said = {"key": digest.hex(), "body": sha256(page.body).hexdigest()}
        said |= {name: getattr(page, name) for name in _PARTS}
        beside = self.folder / f".{secrets.token_hex(8)}"
        with suppress(OSError):
            beside.write_bytes(json.dumps(said).encode() + b"\n" + page.body)
            beside.replace(self._path(digest))

    def _path(self, digest: bytes) -> Path:
        return self.folder / f"{int.from_bytes(digest[4:8], 'big') % FILES:03x}"

    def _digest(self, key: Key) -> bytes:
        """What a page is known by here: never by the workers of another start, whose code or clock may be another."""
        return sha256("\n".join((*key, self.start)).encode()).digest()


def start_of(parent: int) -> str:
    """What no other start is called: numbers of processes come again, in a container after each restart.

    The boot and the moment a process began (proc(5), field 22) tell them apart; where nothing tells, nothing is shared.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        began = Path(f"/proc/{parent}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return secrets.token_hex(16)
    return f"{boot} {parent} {began}"
