"""Mail over SMTP, to a real server on loopback."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from loa.mail import providers
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.queue import queue
from loa.mail.journal import Journal
from loa.mail.models import Lane, Message, Receiver, State
from loa.mail.providers import smtp_carrier, smtp_connect
from loa.mail.providers.job import Job
from loa.mail.providers.smtp import Pool
from loa.mail.providers.smtp_line import Line
from loa.project import doctor
from loa.project.doctor.finding import Finding

pytestmark = pytest.mark.django_db


class Sink:
    """Keeps what arrives; answers as it was told to."""

    def __init__(self) -> None:
        self.arrived: list[Envelope] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.answer.startswith("250"):
            self.arrived.append(envelope)
        return self.answer


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A server of this test's own, and mail sent there."""
    kept = Sink()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.LOA_MAIL_URL = f"smtp://127.0.0.1:{port}"
    yield kept
    server.stop()


def write() -> None:
    queue(key="a", to="doc@vidu.vn", subject="Chào bạn đọc", text="Nội dung có dấu.\n")


def test_one_setting_sends_it_to_the_relay(sink: Sink) -> None:
    write()
    assert deliver_due() == 1
    (envelope,) = sink.arrived
    assert envelope.rcpt_tos == ["doc@vidu.vn"]
    assert Message.objects.get().state == State.SENT


def test_a_refusal_for_good_is_not_tried_again(sink: Sink) -> None:
    sink.answer = "554 no"
    write()
    deliver_due()
    assert Message.objects.get().state == State.FAILED


def test_a_busy_relay_is_asked_again_later(sink: Sink) -> None:
    sink.answer = "451 later"
    write()
    deliver_due()
    row = Message.objects.get()
    assert (row.state, row.attempts) == (State.DEFERRED, 1)
    assert row.not_before is not None


def test_a_connection_that_stands_at_the_very_end_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two connections were begun, and the second one stands as the first has sent all there was."""
    begun: list[asyncio.Future[None]] = []

    async def connect(_url: SplitResult, loop: asyncio.AbstractEventLoop) -> Line:
        begun.append(loop.create_future())
        await begun[0]
        return Line(loop)

    monkeypatch.setattr(smtp_carrier, "connect", connect)
    pool = Pool(urlsplit("smtp://127.0.0.1:25"), Journal(), 2)
    pool.offer([Job(("m", 1), Lane.NEWS, "doc@vidu.vn", "vidu.vn", "a", "", bytes, attempts=0, doubts=0)])
    pool.run(0)
    pool.give_back(0)
    begun[0].set_result(None)
    pool.close()


def test_a_password_is_never_sent_in_the_clear(sink: Sink, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    async def fail(*_: object) -> None:
        pytest.fail("the password left")

    monkeypatch.setattr(smtp_connect, "_sign_in", fail)
    monkeypatch.setattr(smtp_connect, "LOOPBACK", set())
    settings.LOA_MAIL_URL = settings.LOA_MAIL_URL.replace("//", "//loa:mat-khau@")
    write()
    deliver_due()
    assert "never sent in the clear" in Receiver.objects.get(name="").answer
    assert Message.objects.get().state == State.PENDING


def test_doctor_knocks_at_the_relay(sink: Sink, settings: Any) -> None:
    """And nothing is sent for it."""
    assert doctor.outgoing() == Finding("mail", "ok", "the relay lets us in")
    assert sink.arrived == []
    with socket.create_server(("127.0.0.1", 0)) as probe:
        settings.LOA_MAIL_URL = f"smtp://127.0.0.1:{probe.getsockname()[1]}"
    found = doctor.outgoing()
    assert (found.level, "LOA_MAIL_URL" in found.found) == ("wrong", True)


def test_doctor_waits_for_no_relay_that_is_silent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers, "KNOCK_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.LOA_MAIL_URL = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        assert "no answer within" in doctor.outgoing().found


def test_doctor_tells_that_mail_is_only_kept(settings: Any, tmp_path: Path) -> None:
    settings.LOA_MAIL_URL = f"file:{tmp_path}"
    assert doctor.outgoing() == Finding("mail", "ok", f"kept in file:{tmp_path}")


class Parrot(asyncio.Protocol):
    """A relay that offers to let one in, repeats whatever it does not take, and says nothing to who leaves."""

    def __init__(self, guests: set["Parrot"]) -> None:
        self.guests = guests

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.guests.add(self)
        self.transport.write(b"220 here\r\n")

    def connection_lost(self, _exc: Exception | None) -> None:
        self.guests.discard(self)

    def data_received(self, data: bytes) -> None:
        word = data.split()[0].upper()
        if word == b"AUTH":
            self.transport.write(b'535 5.7.8 Not known: "' + data.strip() + b'"\r\n')
        elif word != b"QUIT":
            self.transport.write(b"250-here\r\n250 AUTH PLAIN\r\n")


@pytest.fixture
def parrot() -> Iterator[int]:
    """Its port."""
    loop = asyncio.new_event_loop()
    guests: set[Parrot] = set()
    server = loop.run_until_complete(loop.create_server(lambda: Parrot(guests), "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    asyncio.run_coroutine_threadsafe(see_out(server, guests), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def see_out(server: asyncio.Server, guests: set[Parrot]) -> None:
    """Close up, and wait until the last guest is gone: a loop that stops before leaves their sockets open."""
    server.close()
    for guest in guests:
        guest.transport.abort()
    while guests:
        await asyncio.sleep(0)


def test_a_relay_that_does_not_say_good_bye_had_let_us_in(parrot: int, settings: Any) -> None:
    settings.LOA_MAIL_URL = f"smtp://127.0.0.1:{parrot}"
    assert doctor.outgoing() == Finding("mail", "ok", "the relay lets us in")


def test_no_password_is_told_though_the_relay_repeats_it(parrot: int, sink: Sink, settings: Any) -> None:
    here = settings.LOA_MAIL_URL.removeprefix("smtp://")
    settings.LOA_MAIL_URL = f"smtp://loa:bi-mat@127.0.0.1:{parrot}"
    found = doctor.outgoing()
    assert (found.level, "535" in found.found, "AUTH" in found.found) == ("wrong", True, False)
    settings.LOA_MAIL_URL = f"smtp://loa:bi-mat@{here}"
    assert "no way to sign in" in doctor.outgoing().found
