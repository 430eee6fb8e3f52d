"""The queue's pages: the desk reads the release as its readers will, lets it out, sends it back, settles reports."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.mail.models import Message
from loa.moderation import queries
from loa.moderation.actions.report import report
from loa.moderation.actions.suspend import suspend
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write


@pytest.fixture
def waiting(an: Person, write: Write, newcomer: Organization) -> Release:
    take_in(an, write(newcomer, subtitle="Năm tấn mỗi héc-ta", dateline="Đồng Tháp, 24/11"))
    return Release.objects.get()


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    """Mai at her desk."""
    client.force_login(moderator)
    return client


def test_the_queue_lists_what_waits(desk: Client, waiting: Release) -> None:
    page = desk.get("/moderation/")
    assert waiting.headline in page.text
    assert waiting.organization.name in page.text


def test_the_release_stands_on_the_sheet_of_its_readers(desk: Client, waiting: Release) -> None:
    page = desk.get(f"/moderation/{waiting.public_id}")
    assert page.status_code == 200
    assert 'class="sheet"' in page.text
    for shown in (waiting.headline, waiting.subtitle, waiting.dateline, waiting.lead, "Nguyễn Thị Lan", "Kinh tế"):
        assert shown in page.text


def test_looking_publishes_nothing(desk: Client, waiting: Release) -> None:
    desk.get(f"/moderation/{waiting.public_id}")
    assert desk.get(f"/moderation/{waiting.public_id}/approve").status_code == 405
    assert not Entry.objects.exists()


def test_it_is_let_out_with_one_button(desk: Client, moderator: Person, waiting: Release) -> None:
    page = desk.post(f"/moderation/{waiting.public_id}/approve", follow=True)
    assert "Đã đăng." in page.text
    assert "Không có gì đang chờ." in page.text
    assert Entry.objects.get().organization.approved_at is not None
    assert Record.objects.get(act="publish").actor_id == f"person:{moderator.pk}"


def test_it_is_sent_back_with_a_reason(desk: Client, an: Person, waiting: Release) -> None:
    page = desk.post(f"/moderation/{waiting.public_id}", {"reason": "Hãy ghi rõ nguồn."}, follow=True)
    assert "Đã gửi lại cho người viết." in page.text
    assert Release.objects.get().state == State.SENT_BACK
    assert Message.objects.get().to == an.email


def test_sending_back_needs_a_reason(desk: Client, waiting: Release) -> None:
    assert desk.post(f"/moderation/{waiting.public_id}", {"reason": " "}).status_code == 400
    assert Release.objects.get().state == State.SUBMITTED


def test_a_suspended_organization_is_not_let_out(
    desk: Client, moderator: Person, waiting: Release, newcomer: Organization
) -> None:
    suspend(moderator, newcomer, reason="Chờ xác minh")
    page = desk.post(f"/moderation/{waiting.public_id}/approve", follow=True)
    assert "Tổ chức này đang tạm ngưng." in page.text
    assert not Entry.objects.exists()


def test_a_report_is_settled(desk: Client, moderator: Person, put_out: Callable[..., Entry], portal: Portal) -> None:
    made = report(put_out(), reason="Số liệu sai")
    assert "Số liệu sai" in desk.get("/moderation/").text
    page = desk.post(f"/moderation/reports/{made.public_id}/settle", follow=True)
    assert "Số liệu sai" not in page.text
    assert not queries.reports(portal.pk).exists()
    assert Record.objects.get(act="settle").actor_id == f"person:{moderator.pk}"


def test_a_settled_report_is_not_there_any_more(desk: Client, put_out: Callable[..., Entry]) -> None:
    door = f"/moderation/reports/{report(put_out(), reason='Số liệu sai').public_id}/settle"
    desk.post(door)
    assert desk.post(door).status_code == 404
    assert Record.objects.filter(act="settle").count() == 1


@pytest.mark.parametrize("who", ["nobody", "an"])
def test_whoever_is_not_on_the_desk_finds_nothing(client: Client, an: Person, waiting: Release, who: str) -> None:
    if who == "an":
        client.force_login(an)
    for door in ("", waiting.public_id, f"{waiting.public_id}/approve", "reports/x/settle"):
        assert client.get(f"/moderation/{door}").status_code == 404
        assert client.post(f"/moderation/{door}").status_code == 404
    assert not Entry.objects.exists()


def test_another_portal_s_release_is_not_there(desk: Client, waiting: Release) -> None:
    other = Portal.objects.create(slug="khac", name="Khác")
    Organization.objects.filter(pk=waiting.organization_id).update(portal=other)
    assert desk.get(f"/moderation/{waiting.public_id}").status_code == 404
    assert desk.post(f"/moderation/{waiting.public_id}/approve").status_code == 404
