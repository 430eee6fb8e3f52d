"""Render: make texts ready for the record, many of them in a process beside, while others are being written."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from loa.imports.errors import ProcessLost
from loa.imports.rules import Line, rendered
from loa.lib.beside import Beside

WORTH_A_PROCESS = 100  # texts of a batch
Rendered = dict[str, Any] | None  # what `rules.rendered` makes; None where nothing readable is left


def render_all(lines: Sequence[Line]) -> list[Rendered]:
    """The texts, none of which has a picture, in their order."""
    return [rendered(line, {}) for line in lines]


class Renderer:
    """Batches are rendered beside, in the order they are begun; each is fetched when those before it were written."""

    def __init__(self, beside: Beside[Sequence[Line], list[Rendered]]) -> None:
        self._beside = beside
        self._begun: deque[Sequence[Line] | None] = deque()  # the lines that are rendered here, when they are fetched

    def begin(self, lines: Sequence[Line]) -> None:
        """Start on a batch, or lay it behind those that were begun."""
        is_few = len(lines) < WORTH_A_PROCESS and not self._beside.is_started
        self._begun.append(lines if is_few else None)
        if not is_few:
            self._beside.begin(lines)

    def fetch(self) -> list[Rendered]:
        """The earliest batch that was begun and not fetched yet, in its order. Raises ProcessLost."""
        if (here := self._begun.popleft()) is not None:
            return render_all(here)
        try:
            return self._beside.fetch()
        except EOFError as error:
            raise ProcessLost("the process that prepares texts was ended, perhaps for want of memory") from error
