"""Documents that were set once are kept on a shelf."""

import hashlib
import json
from pathlib import Path

from loa.lib import shelf
from loa.lib.pdf import Paper, typeset

MOST = 500


def kept(folder: Path, group: str, paper: Paper) -> bytes:
    """The PDF of an order, set only where this very order was not set before. Raises NotTypeset."""
    return shelf.kept(folder / f"{group}.{_digest(paper)}.pdf", lambda: typeset(paper), most=MOST)


def forget(folder: Path, group: str) -> None:
    """Throws away what was kept of a group."""
    shelf.forget(folder, f"{group}.*.pdf")


def _digest(paper: Paper) -> str:
    names = {name: path.name for name, path in paper.pictures.items()}  # a picture's name is never used for other bytes
    told = json.dumps([paper.data, paper.drawings, names], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(paper.template.read_bytes() + told.encode()).hexdigest()[:32]
