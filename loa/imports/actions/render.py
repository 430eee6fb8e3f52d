"""Render: make texts ready for the record, many of them in a process beside, while others are being written."""

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from loa.imports.rules import Line, rendered

WORTH_A_PROCESS = 100  # texts of a batch; starting one costs a fifth of a second
Rendered = dict[str, Any] | None  # what `rules.rendered` makes; None where nothing readable is left


def render_all(lines: Sequence[Line]) -> list[Rendered]:
    """The texts, none of which has a picture, in their order."""
    return [rendered(line, {}) for line in lines]


def serve(line: Connection) -> None:
    """Renders what is asked for until whoever asks is gone, killed or not."""
    try:
        while True:
            line.send(render_all(line.recv()))
    except (EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        return


class Renderer:
    """One batch at a time is rendered beside; it is begun, and fetched when the one before it was written."""

    def __init__(self) -> None:
        self._line: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        self._here: Sequence[Line] | None = None

    def __enter__(self) -> "Renderer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.join(5)
            self._process.terminate()

    def begin(self, lines: Sequence[Line]) -> None:
        """Start on a batch; the one before must have been fetched."""
        if self._line is None and len(lines) < WORTH_A_PROCESS:
            self._here = lines
            return
        if self._line is None:
            self._line = self._start()
        self._here = None
        self._line.send(lines)

    def fetch(self) -> list[Rendered]:
        """What was begun, in its order."""
        if self._line is None or self._here is not None:
            return render_all(self._here or ())
        answer: list[Rendered] = self._line.recv()
        return answer

    def _start(self) -> Connection:
        # A fresh process knows nothing of ours: no connection to the database, no threads, no Django.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        return ours
