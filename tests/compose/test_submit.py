"""Submitting: the page says which of two things will happen, and then that one happens."""

from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.moderation.actions.suspend import suspend
from loa.organizations.models import Organization
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write

STRAIGHT_OUT = "Bấm nút là thông cáo lên trang ngay"
TO_THE_QUEUE = "biên tập viên xem trước rồi mới đăng"


def door(release: Release, act: str = "submit") -> str:
    return f"/desk/releases/{release.public_id}/{act}"


def test_an_approved_organization_publishes_by_itself(desk: Client, an: Person, write: Write) -> None:
    release = write()
    page = desk.get(door(release))
    assert STRAIGHT_OUT in page.text
    assert "Cho đăng" in page.text
    assert not Entry.objects.exists()
    done = desk.post(door(release), follow=True)
    assert "Đã đăng." in done.text
    entry = Entry.objects.get()
    assert f"/r/{entry.public_id}" in done.text
    assert release.headline in Client().get(f"/r/{entry.public_id}", follow=True).text
    assert {row.actor_id for row in Record.objects.filter(act__in=("submit", "publish"))} == {f"person:{an.pk}"}


def test_the_english_button_says_what_it_does(desk: Client, write: Write) -> None:
    page = desk.get(f"/en{door(write())}").text
    assert ">Publish</button>" in page
    assert ">Published</button>" not in page


def test_the_first_release_goes_to_the_queue(desk: Client, write: Write, newcomer: Organization) -> None:
    release = write(newcomer)
    page = desk.get(door(release))
    assert TO_THE_QUEUE in page.text
    assert "Gửi biên tập viên" in page.text
    done = desk.post(door(release), follow=True)
    assert "biên tập viên sẽ xem." in done.text
    assert Release.objects.get().state == State.SUBMITTED
    assert not Entry.objects.exists()


def test_what_is_missing_leads_to_its_field(desk: Client, write: Write) -> None:
    release = write(section=None)
    page = desk.get(door(release))
    form = f"/desk/releases/{release.public_id}"
    assert f'<a href="{form}#at-section">Hãy chọn chuyên mục.</a>' in page.text
    assert f'<a class="button" href="{form}">Sửa tiếp</a>' in page.text
    fields = desk.get(form).text
    assert '<a href="#at-section">Hãy chọn chuyên mục.</a>' in fields
    for name in ("headline", "body_html", "section", "contact", "source_url", "pictures"):
        assert f'id="at-{name}"' in fields


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"headline": ""}, "Hãy viết tiêu đề."),
        ({"section": None}, "Hãy chọn chuyên mục."),
        ({"contact": " "}, "Hãy ghi người liên hệ báo chí."),
        ({"body_html": "<p>Ngắn</p>"}, "Hãy viết nội dung"),
        ({"pictures": [{"url": "/media/a.webp", "alt": "", "credit": "An"}]}, "Mỗi ảnh cần một câu mô tả"),
        ({"pictures": [{"url": "/media/a.webp", "alt": "Lúa", "credit": ""}]}, "Mỗi ảnh cần ghi nguồn ảnh."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(
    desk: Client, write: Write, change: dict[str, Any], sentence: str
) -> None:
    release = write(**change)
    assert sentence in desk.get(door(release)).text
    page = desk.post(door(release))
    assert page.status_code == 400
    assert sentence in page.text
    assert Release.objects.get().state == State.DRAFT


def test_a_second_press_of_the_button_publishes_nothing_more(desk: Client, write: Write) -> None:
    release = write()
    desk.post(door(release))
    again = desk.post(door(release), follow=True)
    assert "Thông cáo này đã được gửi rồi." in again.text
    assert Entry.objects.count() == 1


def test_a_release_sent_back_shows_why_and_is_sent_again(
    desk: Client, write: Write, newcomer: Organization, moderator: Person
) -> None:
    release = write(newcomer)
    desk.post(door(release))
    office = Client()
    office.force_login(moderator)
    office.post(f"/moderation/{release.public_id}", {"reason": "Hãy ghi rõ nguồn."})
    assert "Hãy ghi rõ nguồn." in desk.get(f"/desk/releases/{release.public_id}").text
    desk.post(door(release))
    assert Release.objects.get().state == State.SUBMITTED


def test_a_suspended_organization_is_told_so_and_gets_no_button(
    desk: Client, write: Write, moderator: Person, organization: Organization
) -> None:
    release = write()
    suspend(moderator, organization, reason="Chờ xác minh")
    page = desk.get(door(release))
    assert "đang tạm ngưng" in page.text
    assert "Cho đăng" not in page.text
    assert "Gửi biên tập viên" not in page.text
    assert "đang tạm ngưng" in desk.post(door(release), follow=True).text
    assert Release.objects.get().state == State.DRAFT
