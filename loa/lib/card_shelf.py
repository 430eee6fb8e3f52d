"""Cards that were drawn once are kept on a shelf."""

import hashlib
from dataclasses import asdict
from pathlib import Path

from loa.lib import shelf
from loa.lib.cards import Card, draw

MOST = 5_000  # some 100 MB
FORM = "2"  # of the drawing: a new one draws everything anew


def kept(folder: Path, group: str, card: Card) -> bytes:
    """The picture of a card, drawn only where this very card was not drawn before."""
    return shelf.kept(folder / f"{group}.{_digest(card)}.png", lambda: draw(card), most=MOST)


def forget(folder: Path, group: str) -> None:
    """Throws away what was kept of a group."""
    shelf.forget(folder, f"{group}.*.png")


def _digest(card: Card) -> str:
    told = repr((FORM, sorted((name, str(value)) for name, value in asdict(card).items())))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
