"""Finished pieces, each kept under all that it shows, and bounded in bytes: what was asked for last stays.

Who lays a piece down names everything it was made of that can change. So one that was changed is simply not found any
more, nothing has to be told to forget it, and no piece is ever shown to whom it was not made for.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

OVERHEAD = 1_500  # bytes a piece takes beside its text: what it is known by, and its place in the table

Piece = TypeVar("Piece")


class Pieces(Generic[Piece]):
    """The pieces of one process; safe between threads. One larger than a twentieth of the whole is not kept."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pieces: OrderedDict[Hashable, tuple[Piece, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pieces)

    def get(self, key: Hashable) -> Piece | None:
        """The piece that shows this."""
        with self._lock:
            found = self._pieces.get(key)
            if found is None:
                return None
            self._pieces.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, piece: Piece, size: int) -> None:
        """Keep a piece of so many bytes; what nobody asked for the longest makes room."""
        size += OVERHEAD
        if size > self.most_bytes // 20:
            return
        with self._lock:
            _, before = self._pieces.pop(key, (None, 0))
            self._pieces[key] = (piece, size)
            self.bytes += size - before
            while self.bytes > self.most_bytes:
                _, (_, left) = self._pieces.popitem(last=False)
                self.bytes -= left
