"""Scheduling: never early, once, on the clocks it was said in; what may not go out when due is held and said."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import DataError, OperationalError
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry, Notice
from loa.audit.models import Record
from loa.lib import clock
from loa.mail.models import Message
from loa.moderation.actions.approve import approve
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.suspend import suspend
from loa.moderation.actions.take_in import take_in
from loa.organizations.actions.remove_member import remove_member
from loa.organizations.models import Membership, Organization
from loa.plans.models import Plan
from loa.portals.models import Portal
from loa.releases import queries, rules, worker
from loa.releases.actions import publish_due as due
from loa.releases.actions.publish import publish
from loa.releases.actions.publish_due import Broken, publish_due
from loa.releases.actions.recall import recall
from loa.releases.actions.save import save
from loa.releases.actions.schedule import reschedule
from loa.releases.errors import SenderGone, TooEarly, WrongState
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write

VIETNAM = "Asia/Ho_Chi_Minh"


def soon() -> datetime:
    return clock.now() + timedelta(hours=1)


def let_time_pass(release: Release) -> None:
    """As if its time had just come."""
    Release.objects.filter(pk=release.pk).update(publish_at=clock.now())


@pytest.fixture
def scheduled(an: Person, write: Write) -> Release:
    release = write()
    assert take_in(an, release, at=soon(), zone=VIETNAM) == "scheduled"
    release.refresh_from_db()
    return release


def test_it_waits_for_its_time_and_goes_out_once(scheduled: Release) -> None:
    assert scheduled.state == State.SCHEDULED
    assert publish_due() == 0
    assert not Entry.objects.exists()
    let_time_pass(scheduled)
    assert [publish_due(), publish_due()] == [1, 0]
    scheduled.refresh_from_db()
    assert (scheduled.state, Notice.objects.count()) == (State.PUBLISHED, 1)
    assert Entry.objects.get().published_at >= (scheduled.publish_at or soon())
    acts = Record.objects.filter(act__in=["submit", "schedule", "publish"]).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["submit", "schedule", "publish"]


def test_publishing_itself_refuses_before_the_time(an: Person, scheduled: Release) -> None:
    with pytest.raises(TooEarly):
        publish(actor(an), scheduled)
    assert not Entry.objects.exists()


def test_a_clock_of_ours_that_is_ahead_of_the_database_publishes_nothing(
    scheduled: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: ahead)
    assert publish_due() == 0
    assert not Entry.objects.exists()


def test_a_first_release_waits_for_its_moderator_then_for_its_time(
    an: Person, moderator: Person, write: Write, newcomer: Organization
) -> None:
    release = write(newcomer)
    assert take_in(an, release, at=soon(), zone=VIETNAM) == "queued"
    assert approve(moderator, release) is None
    release.refresh_from_db()
    assert release.state == State.SCHEDULED
    let_time_pass(release)
    assert publish_due() == 1


def test_one_that_is_approved_after_its_time_goes_out_at_once(
    an: Person, moderator: Person, write: Write, newcomer: Organization
) -> None:
    release = write(newcomer)
    take_in(an, release, at=soon(), zone=VIETNAM)
    let_time_pass(release)
    assert publish_due() == 0, "nobody has approved it"
    assert approve(moderator, release) is not None


def test_another_time_takes_the_place_of_the_first(an: Person, scheduled: Release) -> None:
    at = soon() + timedelta(days=1)
    assert reschedule(an, scheduled, at=at, zone="Europe/Berlin").publish_at == at
    assert queries.next_due() == at
    assert Record.objects.filter(act="schedule").count() == 2


def test_what_waits_for_a_moderator_goes_on_waiting_under_another_time(
    an: Person, write: Write, newcomer: Organization
) -> None:
    release = write(newcomer)
    take_in(an, release)
    assert reschedule(an, release, at=soon(), zone=VIETNAM).state == State.SUBMITTED
    assert reschedule(an, release, at=None, zone="").publish_at is None


def test_a_changed_text_is_submitted_again_with_the_time_offered(
    an: Person, scheduled: Release, newcomer: Organization
) -> None:
    with pytest.raises(WrongState):
        save(scheduled, fields={"lead": "Sáu tấn."}, expected_revision=scheduled.revision)
    draft = recall(an, scheduled)
    assert (draft.state, draft.publish_at) == (State.DRAFT, scheduled.publish_at)
    let_time_pass(draft)
    assert publish_due() == 0


def test_a_moderator_stops_what_waits_for_its_time(moderator: Person, scheduled: Release) -> None:
    send_back(moderator, scheduled, reason="Số liệu chưa có nguồn.")
    let_time_pass(scheduled)
    assert publish_due() == 0


def test_what_has_nothing_left_to_be_published_with_is_held_and_its_people_told(
    an: Person, scheduled: Release, portal: Portal, organization: Organization
) -> None:
    Plan.objects.create(portal=portal, slug="free", name_vi="Miễn phí", price=0, allowance=0)
    let_time_pass(scheduled)
    assert [publish_due(), publish_due()] == [0, 0]
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.held_for) == (State.HELD, "allowance")
    assert not Entry.objects.exists()
    mail = Message.objects.get(subject="Tới giờ mà thông cáo chưa đăng được")
    assert mail.to == an.email
    assert "hết lượt đăng" in mail.text
    assert scheduled.headline not in mail.text
    assert Record.objects.filter(act="hold").count() == 1
    Plan.objects.all().delete()
    reschedule(an, scheduled, at=None, zone="")
    assert publish_due() == 1


def test_a_suspended_organization_is_held(moderator: Person, scheduled: Release, organization: Organization) -> None:
    suspend(moderator, organization, reason="Tin sai.")
    let_time_pass(scheduled)
    assert publish_due() == 0
    scheduled.refresh_from_db()
    assert scheduled.held_for == "suspended"


def test_one_that_breaks_keeps_no_other(an: Person, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    for headline in ("Thông cáo thứ nhất", "Thông cáo thứ hai"):
        release = write(headline=headline)
        take_in(an, release, at=soon(), zone=VIETNAM)
        let_time_pass(release)
    broken = Release.objects.order_by("pk").first()

    def breaks(who: Any, release: Release) -> Entry:
        if release == broken:
            raise ValueError("broken")
        return publish(who, release)

    monkeypatch.setattr(due, "publish", breaks)
    assert publish_due() == 1
    assert [str(entry.current.headline) for entry in Entry.objects.all() if entry.current] == ["Thông cáo thứ hai"]


def test_without_a_time_it_waits_while_it_can_be_stopped(an: Person, write: Write, settings: Settings) -> None:
    settings.LOA_UNDO = 30
    release = write()
    assert take_in(an, release) == "scheduled"
    release.refresh_from_db()
    assert rules.is_last_look(release)
    assert release.publish_at is not None
    assert release.publish_at - clock.now() <= timedelta(seconds=30)
    assert publish_due() == 0
    assert recall(an, release).publish_at is None
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (VIETNAM, "09:00, Thứ Ba, 1 tháng 12, 2026, giờ Việt Nam (GMT+7), tức 02:00, 1-12-2026 UTC"),
        ("America/New_York", "21:00, Thứ Hai, 30 tháng 11, 2026, giờ New York (GMT-5), tức 02:00, 1-12-2026 UTC"),
        ("UTC", "02:00, Thứ Ba, 1 tháng 12, 2026, giờ quốc tế (UTC)"),
        ("", ""),
    ],
)
def test_the_time_is_said_on_the_clocks_it_was_chosen_on_and_in_utc(zone: str, words: str) -> None:
    release = Release(publish_at=datetime(2026, 12, 1, 2, tzinfo=UTC), publish_zone=zone)
    assert rules.in_words(release, "vi") == words


def test_the_worker_sleeps_until_the_next_is_due(scheduled: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker.sleep(Broken()) == worker.LONGEST_SLEEP
    monkeypatch.setattr(worker, "LONGEST_SLEEP", 1000.0)
    Release.objects.update(publish_at=clock.now() + timedelta(seconds=500))
    assert 0 < worker.sleep(Broken()) <= 500
    let_time_pass(scheduled)
    assert worker.look(Broken()) == worker.LONGEST_SLEEP, "it went out, and nothing else is due"


def test_the_worker_rests_where_what_is_due_does_not_go_out(
    scheduled: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_time_pass(scheduled)
    monkeypatch.setattr(due, "publish", Mock(side_effect=TooEarly))  # the database's clock is behind ours
    assert [worker.look(Broken()) for _ in range(3)] == [worker.AGAIN] * 3


def test_those_that_break_are_left_out_for_a_while_and_the_next_goes_out(
    an: Person, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headline in ("Thông cáo thứ nhất", "Thông cáo thứ hai"):
        release = write(headline=headline)
        take_in(an, release, at=soon(), zone=VIETNAM)
        let_time_pass(release)
    first, tried = Release.objects.order_by("publish_at").first(), []

    def breaks(who: Any, release: Release) -> Entry:
        tried.append(release)
        if release == first:
            raise DataError("value too long")
        return publish(who, release)

    monkeypatch.setattr(due, "publish", breaks)
    monkeypatch.setattr(due, "BATCH", 1)
    broken = Broken()
    assert [publish_due(broken) for _ in range(3)] == [0, 1, 0]
    assert tried.count(first) == 1
    assert worker.sleep(broken) == worker.LONGEST_SLEEP, "nobody waits for it meanwhile"
    monkeypatch.setattr(due.time, "monotonic", lambda: time.monotonic_ns() / 1e9 + due.FIRST_PAUSE)
    assert publish_due(broken) == 0
    assert tried.count(first) == 2


def test_what_somebody_sent_who_was_shown_the_door_is_held_until_another_sends_it(
    an: Person, stranger: Person, organization: Organization, write: Write
) -> None:
    membership = Membership.objects.create(organization=organization, person=stranger)
    release = write()
    take_in(stranger, release, at=soon(), zone=VIETNAM)
    remove_member(an, organization, membership.pk)
    let_time_pass(release)
    assert publish_due() == 0
    release.refresh_from_db()
    assert (release.state, release.held_for) == (State.HELD, "sender")
    mail = Message.objects.get(subject="Tới giờ mà thông cáo chưa đăng được")
    assert (mail.to, "người gửi không còn viết cho tổ chức" in mail.text) == (an.email, True)
    reschedule(an, release, at=None, zone="")
    assert publish_due() == 1


def test_what_somebody_sent_whose_account_is_gone_is_held(
    stranger: Person, organization: Organization, write: Write
) -> None:
    Membership.objects.create(organization=organization, person=stranger)
    release = write()
    take_in(stranger, release, at=soon(), zone=VIETNAM)
    stranger.delete()
    let_time_pass(release)
    assert publish_due() == 0


def test_a_moderator_lets_out_nothing_of_somebody_who_was_shown_the_door(
    an: Person, stranger: Person, moderator: Person, newcomer: Organization, write: Write
) -> None:
    membership = Membership.objects.create(organization=newcomer, person=stranger)
    release = write(newcomer)
    assert take_in(stranger, release) == "queued"
    remove_member(an, newcomer, membership.pk)
    with pytest.raises(SenderGone):
        approve(moderator, release)
    desk = Client()
    desk.force_login(moderator)
    page = desk.post(f"/moderation/{release.public_id}/approve", follow=True)
    assert "Người gửi không còn viết cho tổ chức này" in page.text
    assert not Entry.objects.exists()
    reschedule(an, release, at=None, zone="")
    assert approve(moderator, release) is not None


def test_the_worker_outlives_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[Callable[[Broken], int]] = []
    stop, woken = threading.Event(), threading.Event()

    def act(_broken: Broken) -> int:
        rounds.append(act)
        if len(rounds) == 1:
            raise OperationalError("database is locked")
        if len(rounds) == 2:
            raise ValueError("broken")
        stop.set()
        return 0

    monkeypatch.setattr(worker, "publish_due", act)
    monkeypatch.setattr(worker, "sleep", lambda _broken: 0.01)
    monkeypatch.setattr(worker, "LONGEST_SLEEP", 0.01)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    thread = threading.Thread(target=worker.run, args=(stop, woken))  # as the worker runs it
    thread.start()
    thread.join(timeout=120)
    assert len(rounds) == 3
