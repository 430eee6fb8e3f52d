"""Documents that were set once, kept on disk under a name that says what they were made of; the oldest go first."""

import hashlib
import json
import os
import secrets
from pathlib import Path

from loa.lib.pdf import Paper, typeset

MOST = 500


def kept(folder: Path, group: str, paper: Paper) -> bytes:
    """The PDF of an order, set only where this very order was not set before. Raises NotTypeset."""
    path = folder / f"{group}.{_digest(paper)}.pdf"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = typeset(paper)
    folder.mkdir(parents=True, exist_ok=True)
    _make_room(folder)
    beside = folder / f".{secrets.token_hex(8)}"
    beside.write_bytes(made)
    beside.replace(path)
    return made


def forget(folder: Path, group: str) -> None:
    """Throws away what was kept of a group."""
    for path in folder.glob(f"{group}.*.pdf"):
        path.unlink(missing_ok=True)


def _digest(paper: Paper) -> str:
    names = {name: path.name for name, path in paper.pictures.items()}  # a picture's name is never used for other bytes
    told = json.dumps([paper.data, paper.drawings, names], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(paper.template.read_bytes() + told.encode()).hexdigest()[:32]


def _make_room(folder: Path) -> None:
    """Drops the oldest tenth when the shelf is full."""
    with os.scandir(folder) as found:
        rows = sorted((row.stat().st_mtime, row.path) for row in found if row.is_file())
    for _, path in rows[: MOST // 10] if len(rows) >= MOST else ():
        Path(path).unlink(missing_ok=True)
