"""The web server that `loa serve` starts: Granian, whose workers are told to work in batches.

    python -m loa.project.web <host> <port> <workers>

This process only starts the workers again when they die; Django is loaded in them.
"""

import os
import sys
from contextlib import suppress
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from loa.project.server import CONNECTIONS, THREADS


def main(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    server = MPServer(
        "loa.project.wsgi:application", address=host, port=port, workers=workers, interface=Interfaces.WSGI,
        blocking_threads=THREADS, http=HTTPModes.http1, websockets=False, backlog=1_024, backpressure=CONNECTIONS,
        respawn_failed_workers=True, workers_kill_timeout=5, log_level=LogLevels.error,
    )  # fmt: skip
    server.serve(spawn_target=work)


def work(*settings: Any, **named: Any) -> None:
    """Be one web worker, as Granian starts it."""
    work_in_batches()
    MPServer._spawn_wsgi_worker(*settings, **named)


def work_in_batches() -> None:
    """Let the threads of this process finish what they have in hand before those they wake begin (sched(7)).

    A request is read by one thread, answered by another and sent by the first. Were each to make way for the one it
    wakes, they would take turns at every request; so they take turns after some, and a stored page costs less
    (docs/decisions/0011).
    """
    with suppress(AttributeError, OSError):  # not Linux, or not allowed here
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # of this thread and of all it begins


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
