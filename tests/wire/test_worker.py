"""The worker's round: woken at once, never ended by its database."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from loa.jobs import wake
from loa.wire import worker


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.LOA_HOME = tmp_path
    return tmp_path


def test_a_wake_up_arrives(home: Path) -> None:
    receiver = wake.listener()
    assert receiver is not None
    assert not wake.wait(receiver, 0.01)
    wake.wake()
    wake.wake()
    assert wake.wait(receiver, 1)
    assert not wake.wait(receiver, 0.01)
    receiver.close()


def test_waking_nobody_is_no_error(home: Path) -> None:
    wake.wake()


def test_a_locked_database_does_not_end_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    stop = threading.Event()

    def turn(_: object) -> bool:
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("database is locked")
        stop.set()
        return False

    monkeypatch.setattr(worker, "turn", turn)
    monkeypatch.setattr(worker, "POLL", 0.01)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "make_due", lambda: 0)
    monkeypatch.setattr(worker.mail, "run", lambda *_: None)
    monkeypatch.setattr(worker.releases, "run", lambda *_: None)
    worker.run(stop)
    assert len(rounds) == 2
    assert not wake.path().exists()


def test_news_brings_forward_what_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newsletters at once leave within seconds of a publication, and no oftener however much is published."""
    now, done = [100.0], []
    monkeypatch.setattr(worker.time, "monotonic", lambda: now[0])
    things = [
        worker.Recurring(30, lambda: done.append("newsletters"), after_news=5),
        worker.Recurring(30, lambda: done.append("sweep")),
    ]

    def at(moment: float, *, has_news: bool) -> list[str]:
        now[0] = moment
        done.clear()
        for thing in things:
            thing.has_news = thing.has_news or has_news
            thing.turn()
        return list(done)

    assert at(100, has_news=False) == ["newsletters", "sweep"]
    assert at(103, has_news=True) == []
    assert at(105, has_news=False) == ["newsletters"]
    assert at(112, has_news=False) == []
    assert at(130, has_news=False) == ["sweep"]
    assert at(135, has_news=False) == ["newsletters"]


def test_what_fails_in_a_round_stops_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "expand", lambda _: 0)
    monkeypatch.setattr(worker, "carry_due", lambda _: bool(done.append("notices")))
    things = [worker.Recurring(30, lambda: done[5]), worker.Recurring(30, lambda: done.append("sweep"))]
    worker.turn(things)
    assert done == ["sweep", "notices"]


def test_what_is_done_beside_the_round_is_tried_again_and_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "connection", threading.local())
    worker.connection.close = lambda: None
    turns: list[int] = []
    stop = threading.Event()

    def act() -> bool:
        turns.append(1)
        if len(turns) == 2:
            raise ValueError("broken")
        if len(turns) == 4:
            stop.set()
        return True

    worker.InAThread(0.01, act, "nothing could be drawn").run(stop)
    assert len(turns) == 4
