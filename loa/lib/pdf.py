"""PDF by Typst: the template is ours, and everything people wrote goes in as data that is never read as markup.

The work is done by a program of its own (`pdf_maker`) under limits of time and memory, in an empty folder that holds
the pictures and nothing else.
"""

import json
import subprocess
import sys
import tempfile
import threading
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from loa.lib import fonts

SECONDS = 30
AT_ONCE = 2
_MAKER = Path(__file__).with_name("pdf_maker.py")
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER")  # what the fonts of `fonts` can write
_turns = threading.BoundedSemaphore(AT_ONCE)


class NotTypeset(Exception):
    """The text could not be set, or not in time; `is_busy` when it may be asked again in a moment."""

    def __init__(self, reason: str, *, is_busy: bool = False) -> None:
        super().__init__(reason)
        self.is_busy = is_busy


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is set: a template, the data it reads as `data.json`, and pictures by the name it knows them under."""

    template: Path
    data: dict[str, Any]
    pictures: dict[str, Path] = field(default_factory=dict)  # "…​.svg" as it is, others made JPEG
    drawings: dict[str, str] = field(default_factory=dict)  # SVG
    made_at: datetime


def typeset(paper: Paper, form: str = "pdf") -> bytes:
    """The PDF (tagged, PDF/UA-1), or its pages as PNG one below the other with `form="png"`. Raises NotTypeset."""
    if not _turns.acquire(timeout=SECONDS / 3):
        raise NotTypeset("others are being set", is_busy=True)
    try:
        with tempfile.TemporaryDirectory(prefix="loa-pdf-") as folder:
            return _made(paper, Path(folder), form)
    finally:
        _turns.release()


def _made(paper: Paper, folder: Path, form: str) -> bytes:
    root = folder / "root"
    root.mkdir()
    (root / "main.typ").write_bytes(paper.template.read_bytes())
    (root / "data.json").write_text(json.dumps(paper.data, ensure_ascii=False), "utf-8")
    for name, drawing in paper.drawings.items():
        (root / name).write_text(drawing, "utf-8")
    order = {
        "root": str(root), "out": str(folder / "out"), "form": form, "fonts": [str(fonts.FOLDER)],
        "pictures": {name: str(path) for name, path in paper.pictures.items()},
        "seconds": SECONDS, "made_at": int(paper.made_at.timestamp()),
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_MAKER)], input=json.dumps(order).encode(), capture_output=True,
            timeout=SECONDS, check=False, cwd=folder, env={"HOME": str(folder), "LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotTypeset("it took too long", is_busy=True) from error
    if done.returncode != 0:
        raise NotTypeset(done.stderr.decode("utf-8", "replace")[-2000:])
    return (folder / "out").read_bytes()


def may_be_set(text: str) -> bool:
    """Whether our fonts have this text's letters: Latin, Greek, Cyrillic, but no Arabic, Chinese or Thai."""
    letters = [char for char in text[:20_000] if char.isalpha()]
    return sum(map(_is_strange, letters)) * 10 <= len(letters)


@lru_cache(maxsize=10_000)
def _is_strange(letter: str) -> bool:
    return not unicodedata.name(letter, "").startswith(_SCRIPTS)
