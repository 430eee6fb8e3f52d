"""Work in a process beside: in its order, ahead of the caller, and gone with whoever asked."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loa.lib.beside import Beside

ROOT = Path(__file__).resolve().parents[2]


def die(number: int) -> int:
    """As a process does that the system ends."""
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def is_there(process: int) -> bool:
    """Whether it lives; one that nobody has waited for yet does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_it_ends_with_its_work() -> None:
    with Beside(len) as beside:
        assert not beside.is_started
        beside.begin("ba")
        assert beside.is_started
        assert beside.fetch() == 2
        running = beside._running
    assert running is not None
    assert not running.process.is_alive()
    assert not running.thread.is_alive()


def test_nothing_was_begun() -> None:
    with pytest.raises(EOFError):
        Beside(len).fetch()


def test_pieces_wait_for_one_another() -> None:
    """More of them than a line between two processes takes, which would stop whoever hands them over."""
    pieces = ["a" * 300_000 + "b" * number for number in range(20)]
    with Beside(str.upper) as beside:
        for piece in pieces:
            beside.begin(piece)
        assert [beside.fetch() for _ in pieces] == [piece.upper() for piece in pieces]
        assert not beside.is_ready


def test_whoever_asks_may_leave_in_the_middle() -> None:
    with pytest.raises(LookupError), Beside(str.upper) as beside:
        for _ in range(20):
            beside.begin("a" * 300_000)
        running = beside._running
        raise LookupError
    assert running is not None
    assert not running.process.is_alive()
    assert not running.thread.is_alive()


def test_it_says_that_the_process_has_died() -> None:
    with Beside(die) as beside:
        beside.begin(1)
        beside.begin(2)
        for _ in range(2):
            with pytest.raises(EOFError):
                beside.fetch()
        assert beside.is_ready
        beside.begin(3)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_goes_when_whoever_asked_is_killed() -> None:
    program = (
        "from loa.lib.beside import Beside\n"
        "if __name__ == '__main__':\n"
        "    beside = Beside(str.upper)\n"
        "    for _ in range(20): beside.begin('a' * 300_000)\n"
        "    beside.fetch()\n"
        "    print(beside._running.process.pid, flush=True)\n"
        "    input()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_there(child)
        parent.kill()
    until = time.monotonic() + 30
    while is_there(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(child)
