"""The supervisor starts a dead child again, with growing pauses, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from granian.server.mp import MPServer

from loa.project import server, web
from loa.project.cli_errors import Trouble

ROOT = Path(__file__).resolve().parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def wait_for(condition: object, seconds: float = 60) -> None:
    """Wait until a condition holds."""
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.02)


def has_ended(pid: int) -> bool:
    """Say whether a process is gone, or only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_dead_child_is_started_again() -> None:
    """kill -9 is answered by a new process, after a pause."""
    child = server.Child("sleeper", SLEEP)
    child.look_after()
    assert child.process is not None
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    child.look_after()
    assert child.process is None
    wait_for(lambda: child.look_after() or child.process is not None)
    assert child.process.pid != first
    child.ask_to_stop()
    child.see_off(time.monotonic() + 60)
    assert child.process.returncode == -signal.SIGTERM


def test_the_pauses_grow() -> None:
    """A child that dies at once does not keep the machine busy."""
    child = server.Child("failing", [sys.executable, "-c", "raise SystemExit(3)"])
    for pause in (0.5, 1, 2, 4, 8, 16, 30, 30):
        child.not_before = 0
        child.look_after()
        assert child.process is not None
        child.process.wait()
        before = time.monotonic()
        child.look_after()
        assert before <= child.not_before - pause <= time.monotonic()


def test_a_stubborn_child_is_ended(tmp_path: Path) -> None:
    """One that ignores SIGTERM is ended by force."""
    told = tmp_path / "deaf"
    script = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(told)!r}).touch(); time.sleep(300)"
    )
    child = server.Child("stubborn", [sys.executable, "-c", script])
    child.look_after()
    wait_for(told.exists)
    child.ask_to_stop()
    child.see_off(time.monotonic() + 0.3)
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


def test_children_do_not_outlive_a_killed_supervisor() -> None:
    """kill -9 of the supervisor itself leaves nothing serving."""
    script = (
        "import sys, time; from loa.project.server import Child;"
        f"c = Child('s', {SLEEP!r}); c.look_after(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        supervisor.kill()
    wait_for(lambda: has_ended(pid))


def test_a_dead_child_leaves_no_family(tmp_path: Path) -> None:
    """What the program itself started ends with it."""
    told = tmp_path / "pid"
    script = (
        "import subprocess, pathlib, time;"
        f"pathlib.Path({str(told)!r}).write_text(str(subprocess.Popen({SLEEP!r}).pid)); time.sleep(60)"
    )
    child = server.Child("parent", [sys.executable, "-c", script])
    child.start()
    assert child.process is not None
    wait_for(lambda: told.exists() and told.read_text())
    child.process.kill()
    child.process.wait()
    child.look_after()
    wait_for(lambda: has_ended(int(told.read_text())))


def test_a_taken_port_is_a_sentence() -> None:
    """The sentence names the port and a way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=f"127.0.0.1:{port} cannot be opened"):
            server.refuse_taken_port("127.0.0.1", port)


def test_a_web_worker_works_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread of one: they are begun by the thread that was told so."""
    told: list[object] = []
    monkeypatch.setattr(os, "sched_setscheduler", lambda pid, policy, _rest: told.append((pid, policy)))

    def worker(number: int, application: object) -> None:
        told.extend((number, application))

    monkeypatch.setattr(MPServer, "_spawn_wsgi_worker", staticmethod(worker))
    web.work(1, application="loa")
    assert told == [(0, os.SCHED_BATCH), 1, "loa"]


def test_the_web_server_answers_and_ends_when_told(tmp_path: Path) -> None:
    """The real one: a request with a body, then SIGTERM."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOA_", "DJANGO_"))}
    own = {"LOA_HOME": str(tmp_path), "LOA_ORIGIN": f"http://localhost:{port}", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(server.web_command("127.0.0.1", port, 1), env=kept | own) as process:
        try:
            wait_for(lambda: server.answers("127.0.0.1", port), 60)
            for _ in range(3):
                told = Request(f"http://127.0.0.1:{port}/seen", data=b"r=a&e=read&v=")
                with urlopen(told, timeout=60) as answer:
                    assert (answer.status, answer.read()) == (204, b"")
        finally:
            process.terminate()
        assert process.wait(30) == 0
