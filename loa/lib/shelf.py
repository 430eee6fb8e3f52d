"""Files that were made once, kept on disk under a name that says what they were made of; the oldest go first."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], bytes], *, most: int) -> bytes:
    """The file's bytes, made only where they are not there yet; its folder holds at most that many."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    _make_room(path.parent, most)
    beside = path.parent / f".{secrets.token_hex(8)}"
    beside.write_bytes(made)
    beside.replace(path)
    return made


def forget(folder: Path, pattern: str) -> None:
    """Throws away what bears such a name."""
    for path in folder.glob(pattern):
        path.unlink(missing_ok=True)


def _make_room(folder: Path, most: int) -> None:
    """Drops the oldest tenth when the shelf is full."""
    with os.scandir(folder) as found:
        rows = sorted((row.stat().st_mtime, row.path) for row in found if row.is_file())
    for _, path in rows[: most // 10] if len(rows) >= most else ():
        Path(path).unlink(missing_ok=True)
