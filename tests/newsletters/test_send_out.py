"""send_out: numbered without gaps, everybody once, whatever dies or is withdrawn meanwhile; the report is exact."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from loa.archive.actions.shelve import Text, add_version
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.mail.actions.cancel import call_back
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.pause import pause as pause_mailing
from loa.mail.actions.resume import resume as resume_mailing
from loa.mail.actions.send_again import send_copies_again
from loa.mail.actions.sweep import sweep
from loa.mail.models import Copy, Mailing
from loa.mail.models import State as Going
from loa.newsletters import queries
from loa.newsletters.actions import address as addressing
from loa.newsletters.actions.begin import begin
from loa.newsletters.actions.edit import Words, edit
from loa.newsletters.actions.pause import pause
from loa.newsletters.actions.pick import pick
from loa.newsletters.actions.resume import resume
from loa.newsletters.actions.schedule import schedule
from loa.newsletters.actions.send_out import send_out
from loa.newsletters.actions.stop import stop
from loa.newsletters.actions.take_back import take_back
from loa.newsletters.errors import NotReady, StaleRevision, WrongState
from loa.newsletters.models import Issue, State
from loa.newsletters.rules import UNDO
from loa.portals.models import Portal
from loa.subscribers.actions.count_advertising import count_advertising
from loa.subscribers.actions.leave import leave
from loa.subscribers.models import Subscriber, Subscription
from loa.subscribers.rules import GENERAL, PRESS

SendAll = Callable[[], list[EmailMessage]]
SendSome = Callable[[int], int]


def said(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content()) + str(mail.get_body(("html",)).get_content())


def everybody_once(mails: list[EmailMessage], readers: list[Subscriber]) -> bool:
    return Counter(mail["To"] for mail in mails) == Counter(reader.email for reader in readers)


def fresh(issue: Issue) -> Issue:
    return Issue.objects.select_related("portal").get(pk=issue.pk)


def test_everybody_gets_it_once_and_the_report_is_exact(
    scheduled: Issue, readers: list[Subscriber], send_all: SendAll
) -> None:
    mails = send_all()
    assert everybody_once(mails, readers)
    assert everybody_once(send_all(), readers)
    issue = fresh(scheduled)
    report = queries.report(issue)
    assert (issue.state, issue.number) == (State.SENT, 1)
    assert (report.expected, report.sent, report.is_exact) == (7, 7, True)
    assert issue.figures["sent"] == 7


def test_each_mail_has_its_readers_own_ways_out(scheduled: Issue, send_all: SendAll) -> None:
    mails = send_all()
    ways = {mail["List-Unsubscribe"] for mail in mails}
    assert len(ways) == 7
    assert all(way.startswith("<http://testserver/newsletter/leave/") for way in ways)
    for mail in mails:
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip("<>") in said(mail).replace("&amp;", "&")
        assert mail["List-Id"] == "GlobalVN <newsletter.vn.testserver>"
        assert mail["Feedback-ID"] == "n1:vn:newsletter:loa"
        assert mail["Precedence"] == "bulk"
        assert mail["Content-Language"] == "vi"
        assert mail["Subject"] == "Tuần này"
        assert "{{" not in said(mail)
        assert len(mail.as_bytes()) <= 90_000
    assert len({mail["Message-ID"] for mail in mails}) == 7


def test_until_its_minute_it_can_be_taken_back(issue: Issue, editor: Actor, readers: list[Subscriber]) -> None:
    made = schedule(editor, issue, reasons=[], expected_revision=0)
    assert made.scheduled_at is not None
    assert made.scheduled_at - clock.now() > UNDO - timedelta(seconds=30)
    assert send_out() == 0
    take_back(editor, issue)
    assert (fresh(issue).state, Mailing.objects.count()) == (State.DRAFT, 0)


def test_what_has_begun_is_not_taken_back(scheduled: Issue, editor: Actor) -> None:
    send_out()
    with pytest.raises(WrongState):
        take_back(editor, scheduled)


def test_what_is_not_ready_or_was_changed_is_not_sent(issue: Issue, editor: Actor) -> None:
    with pytest.raises(NotReady):
        schedule(editor, issue, reasons=["Hãy viết tiêu đề thư."], expected_revision=0)
    with pytest.raises(StaleRevision):
        schedule(editor, issue, reasons=[], expected_revision=4)


def test_numbers_run_without_gaps_in_each_language(
    portal: Portal, editor: Actor, entries: list[Entry], readers: list[Subscriber], send_all: SendAll
) -> None:
    for language in ("vi", "en", "vi"):
        made = begin(editor, portal=portal, language=language)
        pick(editor, made, entries=entries)
        begin(editor, portal=portal, language=language)  # a draft that stays one
        schedule(editor, made, at=clock.now(), reasons=[], expected_revision=0)
        send_all()
    numbered = Issue.objects.exclude(number=None).order_by("pk").values_list("language", "number")
    assert list(numbered) == [("vi", 1), ("en", 1), ("vi", 2)]


@pytest.mark.parametrize("line", ["hand_in", "seal", "_note"])
def test_it_may_die_at_any_line(
    scheduled: Issue, readers: list[Subscriber], send_all: SendAll, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(addressing, "PAGE", 3)
    real, deaths = getattr(addressing, line), [True, False, True, False]

    def dying(*args: Any, **more: Any) -> Any:
        done = real(*args, **more)
        if deaths and deaths.pop():
            raise SystemExit
        return done

    monkeypatch.setattr(addressing, line, dying)
    while deaths:
        try:
            if not send_out():
                break
        except SystemExit:
            continue
    monkeypatch.setattr(addressing, line, real)
    assert everybody_once(send_all(), readers)
    assert queries.report(fresh(scheduled)).is_exact


def test_who_leaves_in_time_gets_nothing(scheduled: Issue, readers: list[Subscriber], send_all: SendAll) -> None:
    send_out()
    leave(readers[2])
    mails = send_all()
    assert everybody_once(mails, [*readers[:2], *readers[3:]])
    report = queries.report(fresh(scheduled))
    assert (report.sent, report.cancelled, report.is_exact) == (6, 1, True)


def test_who_leaves_this_list_alone_gets_nothing_of_it(
    scheduled: Issue, readers: list[Subscriber], send_all: SendAll
) -> None:
    Subscription.objects.create(subscriber=readers[2], key=PRESS, since=clock.now())
    send_out()
    leave(readers[2], GENERAL)
    assert everybody_once(send_all(), [*readers[:2], *readers[3:]])


def test_advertising_is_labelled_and_waits_for_who_had_three(
    scheduled: Issue, readers: list[Subscriber], entries: list[Entry], send_all: SendAll,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    noon = datetime(2026, 11, 24, 5, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)
    Issue.objects.update(is_advertising=True, scheduled_at=noon)
    had = dict.fromkeys([readers[0].email, readers[1].email], noon - timedelta(hours=1))
    for mailing in ("a", "b"):
        count_advertising(had, mailing=mailing)
    count_advertising({readers[1].email: noon}, mailing="c")
    send_out()
    withdraw(entries[1], statement="Sai.")  # a second round counts nobody twice
    mails = send_all()
    assert everybody_once(mails, [readers[0], *readers[2:]])
    assert {mail["Subject"] for mail in mails} == {"[QC] Tuần này"}
    report = queries.report(fresh(scheduled))
    assert (report.expected, report.sent, report.pending, report.is_exact) == (7, 6, 1, True)
    assert queries.waiting_for_the_law(fresh(scheduled)) == (1, noon + timedelta(hours=23))
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=23))
    assert everybody_once(send_all(), readers)
    assert (fresh(scheduled).state, fresh(scheduled).figures["sent"]) == (State.SENT, 7)


def test_a_backlog_of_advertising_stops_at_ten_and_goes_on_at_seven(
    scheduled: Issue, editor: Actor, readers: list[Subscriber], send_all: SendAll, send_some: SendSome,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    evening = datetime(2026, 11, 24, 14, 55, tzinfo=UTC)  # 21:55 in Vietnam
    monkeypatch.setattr(clock, "now", lambda: evening)
    Issue.objects.update(is_advertising=True, scheduled_at=evening)
    send_out()
    assert send_some(2) == 2
    monkeypatch.setattr(clock, "now", lambda: evening + timedelta(minutes=4))
    assert deliver_due() == 0  # the sender alone, whatever holds the worker's round up
    pause(editor, scheduled)
    resume(editor, scheduled)
    assert len(send_all()) == 2
    mailing = Mailing.objects.get()
    pause_mailing(editor, mailing)
    monkeypatch.setattr(clock, "now", lambda: evening + timedelta(hours=9, minutes=6))
    assert len(send_all()) == 2  # whom an operator paused, the morning does not resume
    resume_mailing(editor, mailing)
    assert everybody_once(send_all(), readers)


def test_what_an_operator_sends_again_is_in_the_report(scheduled: Issue, editor: Actor, send_all: SendAll) -> None:
    send_out()
    doubtful = Copy.objects.order_by("pk").first()
    Copy.objects.filter(pk=doubtful.pk).update(state=Going.IN_DOUBT)
    assert len(send_all()) == 6
    assert queries.report(fresh(scheduled)).in_doubt == 1
    send_copies_again(editor, Mailing.objects.get())
    assert len(send_all()) == 7
    report = queries.report(fresh(scheduled))
    assert (report.sent, report.in_doubt, report.is_exact) == (7, 0, True)


def test_what_was_withdrawn_before_is_not_in_it(scheduled: Issue, entries: list[Entry], send_all: SendAll) -> None:
    withdraw(entries[1], statement="Sai số liệu.")
    mails = send_all()
    assert len(mails) == 7
    assert not [mail for mail in mails if "Tin hai" in said(mail)]


def test_with_everything_withdrawn_it_is_a_draft_again(
    scheduled: Issue, entries: list[Entry], send_all: SendAll
) -> None:
    for entry in entries:
        withdraw(entry, statement="Sai.")
    assert send_all() == []
    assert (fresh(scheduled).state, fresh(scheduled).number) == (State.DRAFT, None)


@pytest.mark.parametrize("addressed", [3, 7])
def test_a_withdrawal_meanwhile_rebuilds_it_for_the_rest(
    scheduled: Issue, entries: list[Entry], readers: list[Subscriber], send_all: SendAll, send_some: SendSome,
    monkeypatch: pytest.MonkeyPatch, addressed: int,
) -> None:  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(addressing, "PAGE", addressed)
        patched.setattr(addressing, "PAGES", 1)
        send_out()
    send_some(2)
    withdraw(entries[1], statement="Sai số liệu.")
    assert deliver_due() == 0
    mails = send_all()
    assert everybody_once(mails, readers)
    assert len([mail for mail in mails if "Tin hai" in said(mail)]) == 2
    issue = fresh(scheduled)
    report = queries.report(issue)
    assert (issue.state, issue.round, report.expected, report.sent, report.is_exact) == (State.SENT, 2, 7, 7, True)


def test_a_correction_meanwhile_reaches_the_rest(
    scheduled: Issue, entries: list[Entry], send_all: SendAll, send_some: SendSome
) -> None:
    send_out()
    send_some(3)
    text = Text(language="vi", headline="Tin hai, bản đúng", body_html="<p>Đúng.</p>", body_text="Đúng.")
    add_version(entries[1], text=text, kind=Notice.Kind.CORRECTED, reason="Nhầm số")
    call_back(f"entry:{entries[1].public_id}")
    mails = send_all()
    assert len([mail for mail in mails if "bản đúng" in said(mail)]) == 4
    assert len(mails) == 7


def test_with_everything_withdrawn_meanwhile_it_stops(
    scheduled: Issue, entries: list[Entry], send_all: SendAll, send_some: SendSome
) -> None:
    send_out()
    send_some(2)
    for entry in entries:
        withdraw(entry, statement="Sai.")
    assert len(send_all()) == 2
    issue = fresh(scheduled)
    report = queries.report(issue)
    assert (issue.state, report.sent, report.cancelled, report.is_exact) == (State.STOPPED, 2, 5, True)


def test_a_withdrawal_after_the_last_mail_changes_nothing(
    scheduled: Issue, entries: list[Entry], send_all: SendAll
) -> None:
    send_out()
    deliver_due()
    withdraw(entries[1], statement="Sai.")
    assert len(send_all()) == 7
    assert (fresh(scheduled).state, fresh(scheduled).round) == (State.SENT, 1)


def test_it_is_paused_and_goes_on(scheduled: Issue, editor: Actor, send_all: SendAll, send_some: SendSome) -> None:
    send_out()
    send_some(2)
    pause(editor, scheduled)
    pause(editor, scheduled)
    assert len(send_all()) == 2
    resume(editor, scheduled)
    assert len(send_all()) == 7


def test_a_paused_one_stays_paused_through_a_withdrawal(
    scheduled: Issue, editor: Actor, entries: list[Entry], send_all: SendAll
) -> None:
    send_out()
    pause(editor, scheduled)
    withdraw(entries[1], statement="Sai.")
    assert send_all() == []
    resume(editor, scheduled)
    assert len(send_all()) == 7


def test_it_is_stopped_for_good(
    scheduled: Issue, editor: Actor, entries: list[Entry], send_all: SendAll, send_some: SendSome
) -> None:
    send_out()
    send_some(2)
    stop(editor, scheduled)
    withdraw(entries[1], statement="Sai.")
    assert len(send_all()) == 2
    issue = fresh(scheduled)
    assert (issue.state, queries.report(issue).cancelled, issue.figures["cancelled"]) == (State.STOPPED, 5, 5)
    with pytest.raises(WrongState):
        resume(editor, scheduled)


def test_advertising_keeps_to_its_hours(
    issue: Issue, editor: Actor, readers: list[Subscriber], send_all: SendAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = datetime(2026, 11, 24, 16, tzinfo=UTC)  # 23:00 in Vietnam
    edit(editor, issue, words=Words(subject="Mời mua", is_advertising=True), lines=[], expected_revision=0)
    monkeypatch.setattr(clock, "now", lambda: night)
    schedule(editor, issue, at=night, reasons=[], expected_revision=1)
    assert send_all() == []
    assert Copy.objects.count() == 7
    monkeypatch.setattr(clock, "now", lambda: night + timedelta(hours=8, minutes=1))
    mails = send_all()
    assert len(mails) == 7
    assert sweep() == 0


def test_an_issue_for_the_press_goes_to_the_press_list_alone_and_has_no_number(
    scheduled: Issue, readers: list[Subscriber], portal: Portal, send_all: SendAll, client: Client
) -> None:
    Issue.objects.update(list_key=PRESS)
    Subscription.objects.create(subscriber=readers[3], key=PRESS, since=clock.now())
    mails = send_all()
    assert [mail["To"] for mail in mails] == [readers[3].email]
    words = said(mails[0])
    assert "danh sách báo chí của GlobalVN" in words
    assert "/newsletter/issues/" not in words
    assert "#np" in words
    assert "#n0" not in words
    assert (fresh(scheduled).state, fresh(scheduled).number) == (State.SENT, None)
    assert not queries.out(portal.pk, "vi").exists()
    assert client.post(mails[0]["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")).status_code == 200
    left = Subscription.objects.filter(subscriber=readers[3]).values_list("key", flat=True)
    assert list(left) == [GENERAL]
