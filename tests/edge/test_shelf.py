"""shelf: what one web worker made, another takes, and never a page that was purged since."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loa.edge import shelf as shelves
from loa.edge.bodies import Bodies
from loa.edge.door import FrontDoor
from loa.edge.generations import Generations
from loa.edge.shelf import Shelf
from loa.edge.store import Store
from tests.edge.conftest import TEXT, Reader, Site


def worker(site: Site, home: Path) -> FrontDoor:
    """The door of one web worker; those of one home share what is in it."""
    return FrontDoor(
        site, store=Store(10_000_000), generations=Generations(home / "generations"), inside=2, waiting=1,
        bodies=Bodies(2, 1), streams=1, portal_of=lambda _host: "globalvn", shelf=Shelf(home / "made"),
    )  # fmt: skip


@pytest.fixture
def workers(site: Site, tmp_path: Path) -> list[Reader]:
    return [Reader(worker(site, tmp_path)) for _ in range(2)]


def test_a_page_is_made_once_for_all_workers(site: Site, workers: list[Reader]) -> None:
    assert [one.get() for one in workers] == [TEXT.encode()] * 2
    assert len(site.asked) == 1
    first, second = (one.headers for one in workers)
    assert first == second
    assert workers[0].get("/r/b/gao") == TEXT.encode()
    assert len(site.asked) == 2


def test_a_purged_one_is_made_anew(site: Site, workers: list[Reader], tmp_path: Path) -> None:
    workers[0].get()
    site.body = b"corrected" * 50
    Generations(tmp_path / "generations").move(["entry:a"])
    assert [one.get() for one in workers] == [b"corrected" * 50] * 2
    assert len(site.asked) == 2


HOLD = """
import sys
from pathlib import Path
from loa.edge import shelf
with shelf.Shelf(Path(sys.argv[1]), sys.argv[2]).turn(("globalvn", "/r/a/lua", "")):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process whose turn it is to make the page, until its input ends."""
    words = [sys.executable, "-c", HOLD, str(folder), shelves.start_of(os.getppid())]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def test_a_page_another_process_makes_is_waited_for_and_taken(
    site: Site, workers: list[Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "WAIT", 120.0)
    with held_elsewhere(tmp_path / "made") as other:
        assert other.stdin is not None
        got: list[bytes] = []
        waiting = threading.Thread(target=lambda: got.append(workers[0].get()))
        waiting.start()
        waiting.join(0.3)
        assert (got, site.asked) == ([], [])
        other.stdin.close()
        waiting.join(120)
    assert got == [TEXT.encode()]


def test_nobody_waits_for_ever_for_another_process(
    workers: list[Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "WAIT", 0.05)
    with held_elsewhere(tmp_path / "made"):
        assert workers[0].get() == TEXT.encode()


@pytest.mark.parametrize("damage", [b"", b"{}\n", b'{"key": 1', b"\xff\xff\n\xff"])
def test_what_cannot_be_read_is_made_anew(site: Site, workers: list[Reader], tmp_path: Path, damage: bytes) -> None:
    workers[0].get()
    for file in (tmp_path / "made").iterdir():
        if file.name != "locks":
            file.write_bytes(damage)
    assert workers[1].get() == TEXT.encode()
    assert len(site.asked) == 2


def test_workers_of_another_start_believe_none_of_it(site: Site, workers: list[Reader]) -> None:
    workers[0].get()
    workers[1].door.shelf.start = "another"  # type: ignore[union-attr]
    workers[1].get()
    assert len(site.asked) == 2


def test_a_start_is_known_by_more_than_the_number_of_its_process() -> None:
    """In a container the number is the same after each restart, and the clock of a machine begins anew with it."""
    assert shelves.start_of(os.getpid()) == shelves.start_of(os.getpid())
    assert shelves.start_of(os.getpid()) != shelves.start_of(os.getppid())
    assert len(shelves.start_of(os.getpid()).split()) == 3
    assert shelves.start_of(2**22 + 1) != shelves.start_of(2**22 + 1)  # no such process: nothing is shared


def test_a_disk_that_takes_nothing_stops_nobody(
    site: Site, workers: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert [one.get() for one in workers] == [TEXT.encode()] * 2
    assert len(site.asked) == 2
