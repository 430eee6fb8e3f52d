"""Work that is done in a process beside, piece by piece, while the caller goes on with something else."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, TypeVar

from loa.lib import garbage

Given = TypeVar("Given")
Made = TypeVar("Made")


def serve(work: Callable[[Given], Made], asked: Connection, answers: Connection) -> None:
    """Does what is asked for until whoever asks is gone, killed or not."""
    try:
        with garbage.seldom():
            while True:
                answers.send(work(asked.recv()))
    except (EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        return


class Beside(Generic[Given, Made]):
    """The process starts with the first piece, which takes it a fifth of a second, and ends with the `with`.

    `work` stands at the outermost of a module, and what goes in and comes out can be pickled. Pieces may be begun ahead
    of it: they are done one after the other, and fetched in that order.
    """

    def __init__(self, work: Callable[[Given], Made]) -> None:
        self._work = work
        self._running: _Running | None = None

    def __enter__(self) -> "Beside[Given, Made]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._running is not None:
            self._running.end()

    @property
    def is_started(self) -> bool:
        """Whether the process is there."""
        return self._running is not None

    @property
    def is_ready(self) -> bool:
        """Whether something can be fetched at once, be it that the process has died."""
        return self._running is not None and self._running.answers.poll()

    def begin(self, given: Given) -> None:
        """Hand over a piece, which does not wait for the process."""
        if self._running is None:
            self._running = _Running(self._work)
        self._running.pieces.put(ForkingPickler.dumps(given))

    def fetch(self) -> Made:
        """What was made of the earliest piece that was not fetched yet. Raises EOFError where the process has died."""
        if self._running is None:
            raise EOFError("nothing was begun")
        try:
            made: Made = self._running.answers.recv()
        except ConnectionResetError as error:
            raise EOFError("the process has died") from error
        return made


class _Running:
    """The process, the thread that hands pieces to it as it takes them, and the line by which answers come."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        # A fresh process knows nothing of ours: no connection to the database, no threads, no Django.
        context = multiprocessing.get_context("spawn")
        asked, asking = context.Pipe(duplex=False)
        self.answers, answering = context.Pipe(duplex=False)
        self.process = context.Process(target=serve, args=(work, asked, answering), daemon=True)
        self.process.start()
        asked.close()
        answering.close()
        self.pieces: SimpleQueue[memoryview | None] = SimpleQueue()
        self.thread = Thread(target=_hand_over, args=(self.pieces, asking), name="beside", daemon=True)
        self.thread.start()

    def end(self) -> None:
        """It stops when it has no more to do, or with the piece it is at."""
        self.pieces.put(None)
        self.answers.close()
        self.process.join(5)
        self.process.terminate()
        self.thread.join()


def _hand_over(pieces: "SimpleQueue[memoryview | None]", asking: Connection) -> None:
    with asking:
        try:
            while (piece := pieces.get()) is not None:
                asking.send_bytes(piece)
        except (BrokenPipeError, ConnectionResetError):  # it has died; whoever fetches is told
            return
