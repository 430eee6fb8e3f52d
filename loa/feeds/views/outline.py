"""A feed before it is written down in one of its three forms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from loa.feeds.views.pieces import Piece, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a feed says of itself, and its items: entries newest first, then what was withdrawn lately."""

    title: str
    description: str
    home: str
    here: str
    language: str
    publisher: str
    updated_at: datetime
    items: list[Piece]


class Form(Writer, Protocol):
    """A form of feeds: the module of its name."""

    def write(self, feed: Outline) -> bytes:
        """The whole feed."""
