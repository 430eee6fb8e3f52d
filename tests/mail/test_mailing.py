"""A mailing: opened once, addressed as often as one likes, sealed, and accounted for to the last recipient."""

import email
import email.policy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from loa.audit.actions.record import SYSTEM
from loa.audit.models import Record
from loa.lib import clock
from loa.mail import queries
from loa.mail.actions.address import To, address
from loa.mail.actions.cancel import call_back, cancel
from loa.mail.actions.close import close_mailing
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.halt import go_on, halt
from loa.mail.actions.open_mailing import open_mailing
from loa.mail.actions.open_until import open_until
from loa.mail.actions.pause import pause
from loa.mail.actions.resume import resume
from loa.mail.actions.seal import seal
from loa.mail.actions.stop import stop
from loa.mail.actions.suppress import lift, suppress
from loa.mail.actions.sweep import sweep
from loa.mail.errors import Closed, MissingSlot
from loa.mail.models import Copy, Mailing, Suppression

pytestmark = pytest.mark.django_db


def make(key: str = "issue:1", **more: Any) -> Mailing:
    headers = {"List-Unsubscribe": "<https://tin.vidu.vn/u/{{leave}}>"}
    return open_mailing(
        key=key,
        lane="news",
        subject="Tin sáng cho {{name}}",
        text="Chào {{name}}\n{{leave}}\n",
        headers=headers,
        **more,
    )


def readers(count: int = 3) -> list[To]:
    return [
        To(f"s{n}", f"doc{n}@vidu.vn", {"name": f"Bạn {n}", "leave": f"t{n}"}, cancel_key=f"subscriber:{n}")
        for n in range(count)
    ]


def sent(home: Path) -> list[Any]:
    policy = email.policy.default
    files = sorted((home / "outbox").glob("*.eml"))
    return sorted((email.message_from_bytes(f.read_bytes(), policy=policy) for f in files), key=lambda m: m["To"])


def test_each_recipient_gets_one_mail_with_their_own_words(home: Path) -> None:
    mailing = make()
    address(mailing, readers())
    address(mailing, readers())
    seal(mailing)
    while deliver_due():
        pass
    mails = sent(home)
    assert [mail["To"] for mail in mails] == ["doc0@vidu.vn", "doc1@vidu.vn", "doc2@vidu.vn"]
    assert [mail["List-Unsubscribe"] for mail in mails] == [f"<https://tin.vidu.vn/u/t{n}>" for n in range(3)]
    assert [mail["Subject"] for mail in mails] == [f"Tin sáng cho Bạn {n}" for n in range(3)]
    assert len({mail["Message-ID"] for mail in mails}) == 3
    for number, mail in enumerate(mails):
        others = {f"doc{n}@vidu.vn" for n in range(3)} - {f"doc{number}@vidu.vn"}
        assert not any(other in mail.as_string() for other in others)
    report = queries.report(mailing)
    assert (report.expected, report.sent, report.is_exact) == (3, 3, True)


def test_opening_it_again_changes_nothing() -> None:
    first = make(about=["entry:1"])
    assert make().pk == first.pk
    assert open_mailing(key="issue:1", lane="news", subject="Khác", text="x").subject == first.subject
    assert first.about.count() == 1


def test_nobody_is_added_once_it_is_sealed() -> None:
    mailing = make()
    address(mailing, readers(2))
    seal(mailing)
    seal(mailing)
    with pytest.raises(Closed):
        address(mailing, readers(3))
    assert queries.report(mailing).expected == 2


def test_a_recipient_without_words_for_a_slot_is_noticed_before_anybody_is_added() -> None:
    with pytest.raises(MissingSlot):
        address(make(), [*readers(2), To("x", "x@vidu.vn", {"name": "X"})])
    assert not Copy.objects.exists()


@pytest.mark.parametrize("odd", [
    "", "x", "a b@vidu.vn", "x@vidu.vn\r\nBcc: y@vidu.vn", "x@-.vn", "đọc@vidu.vn", "<x@y.vn>", "x@vidu.vn>",
])  # fmt: skip
def test_an_address_no_mail_can_carry_is_counted_as_failed(odd: str, home: Path) -> None:
    mailing = make()
    address(mailing, [To("x", odd, {"name": "X", "leave": "t"}), *readers(1)])
    seal(mailing)
    deliver_due()
    report = queries.report(mailing)
    assert (report.expected, report.sent, report.failed) == (2, 1, 1)
    assert len(sent(home)) == 1


@pytest.mark.parametrize(("odd", "reached"), [
    ("o'brien+tin@vidu.vn", "o'brien+tin@vidu.vn"), ('"a b"@vidu.vn', '"a b"@vidu.vn'),
    ("doc@Báo.vn", "doc@xn--bo-mia.vn"), (" doc@vidu.vn ", "doc@vidu.vn"),
])  # fmt: skip
def test_odd_addresses_that_are_right_are_reached(odd: str, reached: str, home: Path) -> None:
    address(make(), [To("x", odd, {"name": "X", "leave": "t"})])
    assert deliver_due() == 1
    assert sent(home)[0]["To"] == reached


def test_it_waits_for_its_time_and_while_it_is_paused() -> None:
    mailing = make(not_before=clock.now() + timedelta(hours=1))
    address(mailing, readers())
    assert deliver_due() == 0
    Mailing.objects.update(not_before=clock.now())
    Copy.objects.update(not_before=clock.now())
    pause(SYSTEM, mailing)
    assert deliver_due() == 0
    resume(SYSTEM, mailing)
    assert deliver_due() == 3


def test_the_operator_stops_a_whole_lane() -> None:
    address(make(), readers())
    halt(SYSTEM)
    halt(SYSTEM)
    assert deliver_due() == 0
    go_on(SYSTEM)
    assert deliver_due() == 3


def test_a_stopped_mailing_accounts_for_whom_it_did_not_reach() -> None:
    mailing = make()
    address(mailing, readers())
    stop(SYSTEM, mailing)
    assert deliver_due() == 0
    sweep()
    mailing.refresh_from_db()
    report = queries.report(mailing)
    assert (report.expected, report.cancelled, report.is_exact) == (3, 3, True)
    assert mailing.finished_at is not None
    assert [copy.key for copy in queries.not_reached(mailing)] == ["s0", "s1", "s2"]


def test_what_it_names_being_withdrawn_stops_it() -> None:
    mailing = make(about=["entry:1", "entry:2"])
    address(mailing, readers())
    call_back("entry:1")
    assert deliver_due() == 0
    (stopped,) = queries.mailings_called_back("issue:")
    assert stopped == mailing
    close_mailing(stopped)
    assert not queries.mailings_called_back("issue:").exists()


def test_what_was_finished_is_not_called_back() -> None:
    mailing = make(about=["entry:1"])
    address(mailing, readers(1))
    seal(mailing)
    deliver_due()
    sweep()
    call_back("entry:1")
    assert not queries.mailings_called_back("issue:").exists()


def test_who_leaves_meanwhile_gets_nothing() -> None:
    mailing = make()
    address(mailing, readers())
    assert cancel("subscriber:1") == 1
    suppress("DOC2@vidu.vn", reason="complained")
    seal(mailing)
    assert deliver_due() == 1
    report = queries.report(mailing)
    assert (report.sent, report.suppressed, report.cancelled, report.is_exact) == (1, 1, 1, True)


def test_no_suppressed_address_is_stored() -> None:
    suppress("Doc@vidu.vn", reason="erased")
    assert queries.suppressed(["doc@VIDU.vn"]) == {"doc@VIDU.vn"}
    row = Suppression.objects.get()
    assert "vidu" not in f"{row.__dict__}"


def test_a_suppression_is_lifted_and_the_audit_names_nobody() -> None:
    suppress("Doc@vidu.vn", reason="complained")
    assert lift(SYSTEM, "doc@vidu.vn")
    assert not lift(SYSTEM, "doc@vidu.vn")
    assert queries.suppressed(["doc@vidu.vn"]) == set()
    acts = Record.objects.filter(act__startswith="mail.").order_by("pk")
    assert [row.act for row in acts] == ["mail.suppress", "mail.lift"]
    assert not [row for row in acts.values() if "vidu" in str(row)]


def test_it_closes_at_its_hour_whatever_waits_and_whoever_resumes_it(home: Path) -> None:
    mailing = open_mailing(key="issue:1", lane="news", subject="Tin", text="x", closes_at=clock.now())
    address(mailing, [To("1", "doc1@vidu.vn")])
    seal(mailing)
    pause(SYSTEM, mailing)
    resume(SYSTEM, mailing)
    assert deliver_due() == 0
    open_until(mailing, clock.now() + timedelta(hours=1))
    assert deliver_due() == 1
