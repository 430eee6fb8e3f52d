"""The worker's sender: it outlives its database, sends when woken, and ends what is in flight when told to stop."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from loa.mail import journal, worker
from loa.mail.actions.queue import queue
from loa.mail.models import Mailing, Message, State
from loa.mail.sender import Sender
from tests.mail.conftest import Sink

Make = Callable[..., Mailing]


class Stop(threading.Event):
    """Says stop after so many looks, so that everything happens in the test's own thread."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def is_set(self) -> bool:
        self.looks -= 1
        return self.looks < 0


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the test's connection, and rest briefly."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(worker, "POLL", 0.01)


def write() -> None:
    queue(key="a", to="doc@vidu.vn", subject="x", text="x", urgent=True)


@pytest.mark.django_db
def test_it_sends_what_is_due_and_leaves_no_journal() -> None:
    write()
    worker.run(Stop(6), threading.Event())
    assert Message.objects.get().state == State.SENT
    assert not list(journal.folder().glob("*"))


@pytest.mark.django_db
def test_a_database_that_does_not_answer_costs_no_mail(monkeypatch: pytest.MonkeyPatch, sink: Sink, make: Make) -> None:
    make([f"doc{n}@vidu.vn" for n in range(200)])
    turn, rounds = Sender._turn_rows, [0]

    def falter(self: Sender) -> Any:
        rounds[0] += 1
        if rounds[0] % 2:
            raise OperationalError("database is locked")
        return turn(self)

    monkeypatch.setattr(Sender, "_turn_rows", falter)
    worker.run(Stop(60), threading.Event())
    assert len(sink.taken()) == len(set(sink.taken())) == 200


@pytest.mark.django_db
def test_a_disk_that_takes_no_journal_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    tries = [0]
    begin = journal.Journal._begin

    def full(self: journal.Journal) -> Any:
        tries[0] += 1
        if tries[0] == 1:
            raise OSError("No space left on device")
        return begin(self)

    monkeypatch.setattr(journal.Journal, "_begin", full)
    worker.run(Stop(8), threading.Event())
    assert Message.objects.get().state == State.SENT


@pytest.mark.django_db
def test_told_to_stop_it_gives_back_what_it_has_not_begun(sink: Sink, make: Make) -> None:
    make([f"doc{n}@vidu.vn" for n in range(2000)])
    with Sender() as sender:
        for _ in range(3):
            sender.round()
    states = set(Mailing.objects.get().copies.values_list("state", flat=True))
    assert states <= {State.SENT, State.PENDING}
    assert Mailing.objects.get().copies.filter(state=State.SENT).count() == len(sink.taken())
