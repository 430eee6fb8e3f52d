"""Render: make texts ready for the record, many of them in a process beside, while others are being written."""

from collections.abc import Sequence
from typing import Any

from loa.imports.rules import Line, rendered
from loa.lib.beside import Beside

WORTH_A_PROCESS = 100  # texts of a batch
Rendered = dict[str, Any] | None  # what `rules.rendered` makes; None where nothing readable is left


def render_all(lines: Sequence[Line]) -> list[Rendered]:
    """The texts, none of which has a picture, in their order."""
    return [rendered(line, {}) for line in lines]


class Renderer:
    """One batch at a time is rendered beside; it is begun, and fetched when the one before it was written."""

    def __init__(self, beside: Beside[Sequence[Line], list[Rendered]]) -> None:
        self._beside = beside
        self._here: Sequence[Line] | None = None

    def begin(self, lines: Sequence[Line]) -> None:
        """Start on a batch; the one before must have been fetched."""
        is_few = len(lines) < WORTH_A_PROCESS and not self._beside.is_started
        self._here = lines if is_few else None
        if not is_few:
            self._beside.begin(lines)

    def fetch(self) -> list[Rendered]:
        """What was begun, in its order."""
        return self._beside.fetch() if self._here is None else render_all(self._here)
