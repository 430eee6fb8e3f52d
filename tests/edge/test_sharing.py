"""sharing: what one machine purges is stale on another; whoever may have missed a purge keeps nothing."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from pytest_django import Settings

from loa.edge import sharing
from loa.edge.actions.purge import purge
from loa.edge.generations import Generations
from loa.project import config, doctor
from tests import homes

PROGRAM = shutil.which("redis-server") or shutil.which("redis-check-rdb")  # one program under two names


@dataclass
class Server:
    """A Redis of its own on loopback, with nothing on disk."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address as a setting."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        assert PROGRAM is not None
        words = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(words, executable=PROGRAM, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            wait_until(lambda: pings(client))

    def kill(self) -> None:
        """End it at once."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


def pings(client: "redis.Redis") -> bool:
    """Whether it answers."""
    with suppress(redis.RedisError):
        return bool(client.ping())
    return False


def wait_until(said: Callable[[], bool], seconds: float = 120) -> None:
    """Look until it is so."""
    until = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if PROGRAM is None:
        pytest.skip("Redis is not installed, so purges between machines were not tested (apt install redis-tools)")
    made = Server(homes.free_port(), tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def other(server: Server, tmp_path: Path) -> Iterator[Generations]:
    """The counters of another machine that follows."""
    there = Generations(tmp_path / "other" / "generations")
    stop = sharing.begin(server.url, there)
    assert stop is not None
    wait_until(lambda: there.table[1] > 0)  # it stands in the stream
    yield there
    stop.set()
    wait_until(lambda: not any(one.name == "purges" for one in threading.enumerate()))


@pytest.mark.django_db(transaction=True)
def test_what_one_machine_purges_is_stale_on_another(settings: Settings, server: Server, other: Generations) -> None:
    settings.LOA_CACHE_URL = server.url
    (entry,), (beside,) = other.slots(["entry:a"]), other.slots(["entry:b"])
    before, then = other.table[entry], other.table[beside]
    purge(["entry:a", "front"])
    wait_until(lambda: other.table[entry] == before + 1)
    assert other.table[beside] == then


def test_while_redis_is_away_pages_live_for_a_second_and_then_it_is_heard_again(
    server: Server, other: Generations, caplog: pytest.LogCaptureFixture
) -> None:
    (slot,) = other.slots(["entry:a"])
    server.kill()
    seen = other.table[slot]
    wait_until(lambda: other.table[slot] >= seen + 2)
    assert "not heard" in caplog.text
    sharing.tell(server.url, ["entry:a"])  # nobody hears; nobody is stopped
    assert "could not be told" in caplog.text
    server.start()
    wait_until(lambda: "heard again" in caplog.text)
    seen = other.table[slot]
    sharing.tell(server.url, ["entry:a"])
    wait_until(lambda: other.table[slot] > seen)


def test_a_redis_that_says_nothing_is_away(server: Server, other: Generations) -> None:
    (slot,) = other.slots(["entry:a"])
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        seen = other.table[slot]
        wait_until(lambda: other.table[slot] > seen)
    finally:
        os.kill(server.process.pid, signal.SIGCONT)


def test_a_stream_begun_anew_is_followed_from_its_beginning(server: Server, other: Generations) -> None:
    (slot,) = other.slots(["entry:a"])
    with redis.Redis.from_url(server.url) as client:
        client.xadd(sharing.STREAM, {"tags": "entry:b"}, id="9999999999999-0")  # a clock that ran ahead
        wait_until(lambda: other.table[other.slots(["entry:b"])[0]] > 1)
        seen = other.table[slot]
        client.delete(sharing.STREAM)
        wait_until(lambda: other.table[slot] > seen)
        seen = other.table[slot]
    sharing.tell(server.url, ["entry:a"])
    wait_until(lambda: other.table[slot] > seen)


def test_what_somebody_else_put_into_the_stream_ends_nothing(server: Server, other: Generations) -> None:
    (slot,) = other.slots(["entry:a"])
    with redis.Redis.from_url(server.url) as client:
        seen = other.table[slot]
        client.xadd(sharing.STREAM, {"khac": "1"})
        wait_until(lambda: other.table[slot] > seen)
    seen = other.table[slot]
    sharing.tell(server.url, ["entry:a"])
    wait_until(lambda: other.table[slot] > seen)


def test_one_machine_needs_no_line(tmp_path: Path) -> None:
    assert sharing.begin("memory:", Generations(tmp_path / "generations")) is None


@pytest.mark.parametrize("url", ["memory:", "redis://cache:6379/0", "rediss://:x@cache/1", "unix:///run/redis.sock"])
def test_what_may_be_set(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LOA_CACHE_URL", url)
    assert config.cache_url() == url


def test_doctor_looks_whether_it_answers(settings: Settings, server: Server) -> None:
    settings.LOA_CACHE_URL = server.url
    assert doctor.sharing().level == "ok"
    server.kill()
    assert (doctor.sharing().level, "127.0.0.1" in doctor.sharing().found) == ("wrong", True)
