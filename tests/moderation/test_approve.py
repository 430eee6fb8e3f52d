"""Approving publishes what waits and lets the organization out for good."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.lib import clock
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.report import report
from loa.moderation.actions.suspend import suspend
from loa.moderation.actions.take_in import take_in
from loa.moderation.errors import NotCalled
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Release
from tests.conftest import Write


@pytest.fixture
def waiting(an: Person, write: Write, newcomer: Organization) -> Release:
    take_in(an, write(newcomer))
    return Release.objects.get()


def test_it_is_published_by_the_moderator(moderator: Person, waiting: Release, newcomer: Organization) -> None:
    entry = approve(moderator, waiting)
    assert entry is not None
    assert entry.organization == newcomer
    assert Record.objects.get(act="publish").actor_label == moderator.email
    newcomer.refresh_from_db()
    assert newcomer.approved_at is not None


def test_two_moderators_approve_once(moderator: Person, waiting: Release) -> None:
    assert approve(moderator, waiting) == approve(moderator, waiting)
    assert Entry.objects.count() == 1


def test_a_draft_is_not_approved_and_lets_nobody_out(moderator: Person, write: Write, newcomer: Organization) -> None:
    with pytest.raises(WrongState):
        approve(moderator, write(newcomer))
    newcomer.refresh_from_db()
    assert newcomer.approved_at is None


def test_a_suspended_organization_is_not_let_out(moderator: Person, waiting: Release, newcomer: Organization) -> None:
    suspend(moderator, newcomer, reason="Chờ xác minh")
    with pytest.raises(Suspended):
        approve(moderator, waiting)
    newcomer.refresh_from_db()
    assert newcomer.approved_at is None


def test_another_portal_sees_no_queue(waiting: Release, portal: Portal) -> None:
    other = Portal.objects.create(slug="khac", name="Khác")
    assert queries.get_waiting(portal.pk, waiting.public_id) == waiting
    assert queries.get_waiting(other.pk, waiting.public_id) is None


def test_a_portal_that_telephones_first_wants_to_know_whom(
    client: Client, moderator: Person, newcomer: Organization, write: Write, an: Person
) -> None:
    Portal.objects.update(calls_first=True)
    take_in(an, write(newcomer))
    waiting = Release.objects.get()
    with pytest.raises(NotCalled):
        approve(moderator, waiting, call=" ")
    client.force_login(moderator)
    door = f"/moderation/{waiting.public_id}"
    assert 'name="call"' in client.get(door).text
    assert "Hãy gọi cho tổ chức trước" in client.post(f"{door}/approve", follow=True).text
    assert "Đã đăng." in client.post(f"{door}/approve", {"call": "024 0000, chị Hà"}, follow=True).text
    assert Record.objects.get(act="note_call").detail == {"call": "024 0000, chị Hà"}
    take_in(an, write(newcomer, headline="Trăng Mới mở cửa lần hai ở Đồng Tháp"))
    assert Release.objects.filter(state="published").count() == 2


def test_a_report_is_due_when_the_portal_says(put_out: Callable[..., Entry]) -> None:
    Portal.objects.update(takedown_hours=48)
    entry = put_out()
    made = report(Entry.objects.get(pk=entry.pk), reason="Sai.")
    assert timedelta(hours=47) < made.due_at - clock.now() <= timedelta(hours=48)
    assert "trong 48 giờ" in Client().get(f"/report/{entry.public_id}").text
