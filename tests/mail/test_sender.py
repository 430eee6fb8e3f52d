"""The sender over SMTP: who goes first, who is left alone, and what becomes of a mail nobody answered for."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.mail import queries
from loa.mail import sender as sender_module
from loa.mail.actions.cancel import cancel
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.leave_it import leave_copies
from loa.mail.actions.queue import queue
from loa.mail.actions.send_again import send_again, send_copies_again
from loa.mail.actions.stop import stop
from loa.mail.actions.suppress import suppress
from loa.mail.actions.sweep import sweep
from loa.mail.errors import CalledBack
from loa.mail.models import Copy, Mailing, Message, Receiver, State
from loa.mail.providers import smtp, smtp_carrier
from loa.mail.sender import Sender
from tests.mail.conftest import Sink

pytestmark = pytest.mark.django_db
Make = Callable[..., Mailing]


def at(domain: str, count: int, first: int = 0) -> list[str]:
    return [f"doc{number}@{domain}" for number in range(first, first + count)]


def work(sender: Sender, until: Callable[[], bool], seconds: float = 120) -> None:
    """Round after round, until something is so."""
    limit = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < limit, "it did not come about"
        sender.round()


def write(to: str = "doc@vidu.vn", **more: Any) -> None:
    queue(**{"key": f"m:{to}", "to": to, "subject": "Đặt lại mật khẩu", "text": "x\n", "urgent": True, **more})


def states() -> dict[str, str]:
    return dict(Copy.objects.values_list("to", "state"))


def test_everybody_is_sent_one_mail(sink: Sink, make: Make) -> None:
    mailing = make(at("vidu.vn", 300))
    assert deliver_due() == 300
    assert sorted(sink.taken()) == sorted(at("vidu.vn", 300))
    assert queries.report(mailing).sent == 300


def test_a_domain_that_refuses_for_now_slows_nobody_else(sink: Sink, make: Make) -> None:
    mailing = make([*at("later.example", 400), *at("vidu.vn", 50)])
    assert deliver_due() == 50
    report = queries.report(mailing)
    assert (report.sent, report.pending + report.deferred, report.is_exact) == (50, 400, True)
    assert report.deferred < 200
    receiver = Receiver.objects.get()
    assert (receiver.name, receiver.answer) == ("later.example", "451 4.4.1 Later")
    assert receiver.closed_until > clock.now()


def test_a_domain_that_never_answers_slows_nobody_else(sink: Sink, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "GRACE", 0.1)  # the silent one is not waited for in the end
    make([*at("silent.example", 400), *at("vidu.vn", 50)])
    with Sender() as sender:
        work(sender, lambda: Copy.objects.filter(state=State.SENT).count() == 50)  # known to have been taken, too
        assert not Receiver.objects.exists()  # its time was not up when the others were done
        for carrier in sender._transport._carriers:  # type: ignore[attr-defined]
            if carrier._line is not None and carrier._line._deadline < 1e12:
                carrier._line._deadline = 0  # now it is
        work(sender, Receiver.objects.exists)
        sender.round()
    assert Receiver.objects.get().name == "silent.example"
    assert Copy.objects.filter(state=State.DEFERRED).count() == 2


def test_a_failing_domain_is_tried_with_one_mail_and_then_served(sink: Sink, make: Make) -> None:
    Receiver.objects.create(name="vidu.vn", failures=3, closed_until=clock.now() + timedelta(hours=1), at=clock.now())
    make(at("vidu.vn", 20))
    assert deliver_due() == 0
    Receiver.objects.update(closed_until=clock.now())
    assert deliver_due() == 20
    assert not Receiver.objects.exists()


def test_a_mail_of_an_account_overtakes_a_running_newsletter(sink: Sink, make: Make) -> None:
    make(at("vidu.vn", 2000))
    with Sender() as sender:
        work(sender, lambda: len(sink.taken()) > 100)
        write("lan@vidu.vn")
        work(sender, lambda: "lan@vidu.vn" in sink.taken())
        assert Copy.objects.filter(state=State.PENDING).count() > 100


def test_a_mail_of_an_account_has_a_connection_when_all_others_wait(
    sink: Sink, make: Make, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "GRACE", 0.1)
    settings.LOA_MAIL_CONNECTIONS = 1
    make(at("silent.example", 3))
    with Sender() as sender:
        work(sender, lambda: Copy.objects.filter(state=State.SENDING).exists())
        write("lan@vidu.vn")
        work(sender, lambda: sink.taken() == ["lan@vidu.vn"])


def test_what_is_withdrawn_while_it_is_sent_does_not_leave(sink: Sink, make: Make) -> None:
    mailing = make(at("vidu.vn", 3000))
    with Sender() as sender:
        work(sender, lambda: len(sink.taken()) > 100)
        late = list(Copy.objects.filter(state=State.PENDING).order_by("-id").values_list("to", flat=True)[:3])
        suppress(late[0], reason="complained")
        cancel(f"of:{late[1]}")
        work(sender, lambda: states()[late[0]] == State.SUPPRESSED)
        stop(SYSTEM, mailing)
        gone = len(sink.taken())
        work(sender, lambda: not sender.round())
    sweep()
    report = queries.report(mailing)
    assert not {late[0], late[1]} & set(sink.taken())
    assert report.is_exact
    assert (report.suppressed, report.sent) == (1, len(sink.taken()))
    assert report.sent - gone < 600  # what was marked as going out when it was stopped


def test_refusals_for_good_are_told_apart(sink: Sink, make: Make) -> None:
    mailing = make([*at("refused.example", 2), *at("spam.example", 3), *at("vidu.vn", 1)])
    assert deliver_due() == 1
    report = queries.report(mailing)
    assert (report.bounced, report.failed, report.sent) == (2, 3, 1)
    assert not Receiver.objects.exists()
    assert Copy.objects.get(to="doc0@refused.example").error == "550 5.1.1 Nobody here"


def test_a_newsletter_without_an_answer_is_left_to_a_person(sink: Sink, make: Make) -> None:
    mailing = make([*at("dropped.example", 1), *at("vidu.vn", 20)])
    assert deliver_due() == 20
    report = queries.report(mailing)
    assert (report.in_doubt, report.sent, report.is_exact) == (1, 20, True)
    assert len(sink.taken()) == 21
    assert send_copies_again(SYSTEM, mailing) == 1
    deliver_due()
    assert sink.taken().count("doc0@dropped.example") == 2
    assert leave_copies(SYSTEM, mailing) == 1
    assert (leave_copies(SYSTEM, mailing), queries.report(mailing).in_doubt) == (0, 1)


def test_what_was_called_back_is_not_sent_again(sink: Sink, make: Make) -> None:
    mailing = make(at("dropped.example", 2))
    deliver_due()
    cancel("of:doc0@dropped.example")
    assert send_copies_again(SYSTEM, mailing) == 1
    stop(SYSTEM, mailing)
    with pytest.raises(CalledBack):
        send_copies_again(SYSTEM, mailing)


def test_a_mail_of_an_account_without_an_answer_is_sent_again_three_times(sink: Sink) -> None:
    write("lan@dropped.example", cancel_key="lan")
    for _ in range(4):
        deliver_due()
        Message.objects.update(not_before=clock.now())
    row = Message.objects.get()
    assert (row.state, row.doubts, len(sink.taken())) == (State.IN_DOUBT, 3, 3)
    cancel("lan")
    with pytest.raises(CalledBack):
        send_again(SYSTEM, row)


def test_a_relay_that_is_away_is_nobodys_failure(settings: Any, make: Make, sink: Sink) -> None:
    mailing, there = make(at("vidu.vn", 5)), settings.LOA_MAIL_URL
    settings.LOA_MAIL_URL = "smtp://127.0.0.1:1"
    assert deliver_due() == 0
    assert "Connect call failed" in Receiver.objects.get(name="").answer
    assert set(Copy.objects.values_list("state", "attempts")) == {(State.PENDING, 0)}
    settings.LOA_MAIL_URL = there
    assert deliver_due() == 5
    assert not Receiver.objects.exists()
    assert queries.report(mailing).sent == 5


def test_a_relay_that_closed_the_line_meanwhile_costs_no_attempt(sink: Sink, make: Make) -> None:
    make(at("vidu.vn", 3))
    with Sender() as sender:
        work(sender, lambda: len(sink.taken()) == 3)
        for carrier in sender._transport._carriers:  # type: ignore[attr-defined]
            if carrier._line is not None:
                carrier._line._transport.abort()
        make(at("vidu.vn", 3, first=3), key="issue:2")
        work(sender, lambda: len(sink.taken()) == 6)
        sender.round()
    assert set(Copy.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_a_relay_without_pipelining_is_asked_step_by_step(
    sink: Sink, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = smtp_carrier.connect

    async def without(*arguments: Any) -> Any:
        line = await connect(*arguments)
        line.may_pipeline = False
        return line

    monkeypatch.setattr(smtp_carrier, "connect", without)
    mailing = make([*at("vidu.vn", 30), *at("refused.example", 2), *at("later.example", 1)])
    assert deliver_due() == 30
    report = queries.report(mailing)
    assert (report.sent, report.bounced, report.deferred) == (30, 2, 1)


def test_the_pool_opens_no_more_connections_than_it_may(sink: Sink, make: Make, settings: Any) -> None:
    settings.LOA_MAIL_CONNECTIONS = 2
    make(at("vidu.vn", 400))
    most = 0
    with Sender() as sender:
        while sender.round():
            pool = sender._transport
            assert isinstance(pool, smtp.Pool)
            most = max(most, len(pool._carriers))
    assert most <= 2
