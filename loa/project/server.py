"""The supervisor of `loa serve`: Granian for the web, one worker for the wire and the jobs.

The supervisor imports neither Django nor the database: it starts two programs, starts one again with growing pauses
when it dies, and stops both cleanly on SIGTERM or Ctrl-C.
"""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from loa.project.cli_errors import Trouble

STOP_WITHIN = 8.0  # seconds a child has between SIGTERM and SIGKILL; the whole stop stays under ten
STEADY_AFTER = 60.0  # seconds alive after which a child's next death counts as its first
LONGEST_PAUSE = 30.0
THREADS = 96  # of one web worker: a slow request must not hold up the others
INSIDE = 12  # of them may be with Django, each with a connection to the database
STREAMS = 24  # of them may send something large, which a slow reader makes last
SENDING = 16  # of them may receive what a reader sends, which a slow one makes last
SENDING_MUCH = 6  # of those with Django may be there for something large that is still coming
WAITING = THREADS - INSIDE - STREAMS - SENDING - 4  # may wait for a page or a place; four go on sending stored pages
CONNECTIONS = 2_048  # of one web worker, idle ones too; one that says nothing for half a minute is closed


@dataclass
class Child:
    """One program that must be running, and when it may be started again."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start the program in a process group of its own; it is told to stop should the supervisor be killed."""
        self.process = subprocess.Popen(
            self.command,
            process_group=0,  # so that the whole family can be ended at once
            preexec_fn=_stop_with(os.getpid()),  # noqa: PLW1509 -- no thread runs here
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Note a death and start again once its pause is over."""
        if self.process is not None and self.process.poll() is not None:
            code = self.process.returncode
            self.sweep()
            self.deaths = 1 if time.monotonic() - self.started > STEADY_AFTER else self.deaths + 1
            pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.deaths - 1))
            say(f"{self.name} ended (code {code}); starting it again in {pause:g} s")
            self.not_before = time.monotonic() + pause
            self.process = None
        if self.process is None and time.monotonic() >= self.not_before:
            self.start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM, which both programs answer by finishing what they have in hand."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def see_off(self, until: float) -> None:
        """Wait for the end until a moment of the monotonic clock, then end it by force."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in {STOP_WITHIN:g} s and was ended")
            self.process.kill()
            self.process.wait()
        self.sweep()

    def sweep(self) -> None:
        """End what a dead program left running: web workers without their parent would keep the port and answer."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the web server, Granian."""
    return [sys.executable, "-P", "-m", "loa.project.web", host, str(port), str(workers)]


def worker_command() -> list[str]:
    """Return the command line of `loa worker`."""
    return [sys.executable, "-P", "-m", "loa.project.cli", "worker"]


def serve(host: str, port: int, workers: int, on_ready: Callable[[], None] = lambda: None) -> None:
    """Run web and worker until told to stop; `on_ready` is called once, when the port answers."""
    refuse_taken_port(host, port)
    children = [Child("web", web_command(host, port, workers)), Child("worker", worker_command())]
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    announced = False
    while not stop.is_set():
        for child in children:
            child.look_after()
        if not announced and answers(host, port):
            announced = True
            on_ready()
        stop.wait(0.5 if announced else 0.1)
    until = time.monotonic() + STOP_WITHIN
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.see_off(until)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Trouble when the port cannot be had, before any child starts dying over it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Trouble(
                f"Cổng {port} cần quyền quản trị; hãy chọn cổng từ 1024 trở lên, ví dụ LOA_PORT=8000.",
                f"Port {port} needs administrator rights; choose one from 1024 up, for example LOA_PORT=8000.",
            ) from None
        except OSError as error:
            raise Trouble(
                f"Không mở được {host}:{port}, có lẽ cổng đang bận; hãy chọn cổng khác, ví dụ LOA_PORT={port + 1}.",
                f"{host}:{port} cannot be opened ({error.strerror}); choose another, for example LOA_PORT={port + 1}.",
            ) from None


def answers(host: str, port: int) -> bool:
    """Say whether something accepts connections there yet."""
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- a name to compare, not to bind
    try:
        socket.create_connection((at, port), timeout=0.2).close()
    except OSError:
        return False
    return True


def say(sentence: str) -> None:
    """Write one plain line to the log of the service."""
    print(f"loa: {sentence}", file=sys.stderr, flush=True)


def _stop_with(parent: int) -> Callable[[], None]:
    """Return what a child does first: ask Linux for SIGTERM when its parent dies, so that nothing is left serving."""
    library = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)  # many systems give a thousand files until one asks
        wanted = 2 * CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * CONNECTIONS)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
        if hasattr(library, "prctl"):
            library.prctl(1, signal.SIGTERM, 0, 0, 0)  # 1 is PR_SET_PDEATHSIG, prctl(2)
            if os.getppid() != parent:
                os._exit(0)

    return ask
