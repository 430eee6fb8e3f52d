"""Cards that were drawn once, kept on disk under a name that says what they were made of; the oldest go first."""

import hashlib
import os
import secrets
from dataclasses import asdict
from pathlib import Path

from loa.lib.cards import Card, draw

MOST = 5_000  # some 100 MB
FORM = "2"  # of the drawing: a new one draws everything anew


def kept(folder: Path, group: str, card: Card) -> bytes:
    """The picture of a card, drawn only where this very card was not drawn before."""
    path = folder / f"{group}.{_digest(card)}.png"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = draw(card)
    folder.mkdir(parents=True, exist_ok=True)
    _make_room(folder)
    beside = folder / f".{secrets.token_hex(8)}"
    beside.write_bytes(made)
    beside.replace(path)
    return made


def forget(folder: Path, group: str) -> None:
    """Throws away what was kept of a group."""
    for path in folder.glob(f"{group}.*.png"):
        path.unlink(missing_ok=True)


def _digest(card: Card) -> str:
    told = repr((FORM, sorted((name, str(value)) for name, value in asdict(card).items())))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _make_room(folder: Path) -> None:
    """Drops the oldest tenth when the shelf is full."""
    with os.scandir(folder) as found:
        rows = sorted((row.stat().st_mtime, row.path) for row in found if row.is_file())
    for _, path in rows[: MOST // 10] if len(rows) >= MOST else ():
        Path(path).unlink(missing_ok=True)
