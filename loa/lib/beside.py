"""Work that is done in a process beside, one piece at a time, while the caller goes on with something else."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def serve(work: Callable[[Given], Made], line: Connection) -> None:
    """Does what is asked for until whoever asks is gone, killed or not."""
    try:
        while True:
            line.send(work(line.recv()))
    except (EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        return


class Beside(Generic[Given, Made]):
    """The process starts with the first piece, which takes it a fifth of a second, and ends with the `with`.

    `work` stands at the outermost of a module, and what goes in and comes out can be pickled.
    """

    def __init__(self, work: Callable[[Given], Made]) -> None:
        self._work = work
        self._line: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def __enter__(self) -> "Beside[Given, Made]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.join(5)
            self._process.terminate()

    @property
    def is_started(self) -> bool:
        """Whether the process is there."""
        return self._line is not None

    def begin(self, given: Given) -> None:
        """Start on a piece; the one before must have been fetched."""
        if self._line is None:
            self._line = self._start()
        self._line.send(given)

    def fetch(self) -> Made:
        """What was made of the piece that was begun. Raises EOFError where the process has died of it."""
        if self._line is None:
            raise EOFError("nothing was begun")
        made: Made = self._line.recv()
        return made

    def _start(self) -> Connection:
        # A fresh process knows nothing of ours: no connection to the database, no threads, no Django.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(self._work, theirs), daemon=True)
        self._process.start()
        theirs.close()
        return ours
