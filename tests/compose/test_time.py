"""The time of a release: chosen when it is sent, shown, changed, dropped; and the last seconds to stop it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.lib import clock
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.releases.actions.publish_due import publish_due
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write

VIETNAM = "Asia/Ho_Chi_Minh"


def door(release: Release, act: str = "") -> str:
    return f"/desk/releases/{release.public_id}{act}"


def chosen(**changes: Any) -> dict[str, str]:
    """What the form sends for nine in the morning, Vietnamese time, in ten days."""
    day = clock.now().astimezone(ZoneInfo(VIETNAM)).date() + timedelta(days=10)
    return {"when": "at", "at": f"{day}T09:00", "zone": VIETNAM, **changes}


def test_a_time_is_chosen_shown_in_both_clocks_and_kept(desk: Client, write: Write) -> None:
    release = write()
    page = desk.get(door(release, "/submit")).text
    assert "Hẹn giờ" in page
    shown = desk.post(door(release, "/submit"), chosen(), follow=True).text
    assert "09:00" in shown
    assert "giờ Việt Nam (GMT+7), tức 02:00" in shown
    assert not Entry.objects.exists()
    release.refresh_from_db()
    assert (release.state, release.publish_zone) == (State.SCHEDULED, VIETNAM)
    assert release.publish_at is not None
    assert release.publish_at.hour == 2
    assert release.headline not in Client().get("/").text


def test_it_is_changed_and_dropped(desk: Client, write: Write) -> None:
    release = write()
    desk.post(door(release, "/submit"), chosen())
    page = desk.get(door(release, "/time")).text
    assert "09:00" in page
    moved = desk.post(door(release, "/time"), chosen(zone="Europe/Berlin"), follow=True).text
    assert "Đã đổi giờ đăng." in moved
    assert "giờ Berlin" in moved
    assert "lại là bản nháp" in desk.post(door(release, "/recall"), follow=True).text
    assert desk.get(door(release, "/time")).status_code == 302
    assert "giờ Berlin" in desk.get(door(release, "/submit")).text, "the time is offered again"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"at": ""}, "Hãy ghi ngày và giờ."),
        ({"at": "2020-01-01T09:00"}, "Giờ này đã qua"),
        ({"at": "2199-01-01T09:00"}, "trong vòng một năm"),
        ({"at": "hôm nào"}, "như 2026-12-01 07:30"),
        ({"when": "now"}, "hãy chọn “Hẹn giờ”"),
        ({"at": "2027-03-28T02:30", "zone": "Europe/Berlin"}, "được vặn tới qua giờ này"),
        ({"at": "2027-10-31T02:30", "zone": "Europe/Berlin"}, "có hai lần"),
        ({"zone": "Nowhere/None"}, "Nowhere/None"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_a_sentence(
    desk: Client, write: Write, changes: dict[str, str], sentence: str
) -> None:
    release = write()
    page = desk.post(door(release, "/submit"), chosen(**changes))
    assert page.status_code == 400
    assert sentence in page.text
    release.refresh_from_db()
    assert release.state == State.DRAFT


def test_the_last_seconds_are_counted_and_it_is_stopped(desk: Client, write: Write, settings: Settings) -> None:
    settings.LOA_UNDO = 30
    release = write()
    assert "còn 30 giây để dừng lại" in desk.get(door(release, "/submit")).text
    page = desk.post(door(release, "/submit"), {"when": "now", "at": "", "zone": VIETNAM}, follow=True)
    assert "Dừng lại" in page.text
    assert 20 < int(page["Refresh"]) <= 31
    assert not Entry.objects.exists()
    stopped = desk.post(door(release, "/recall"), follow=True).text
    assert "Đã dừng lại, chưa ai đọc được" in stopped
    assert "Refresh" not in desk.get(door(release))


def test_who_presses_too_late_is_told(desk: Client, an: Person, write: Write, settings: Settings) -> None:
    settings.LOA_UNDO = 30
    release = write()
    take_in(an, release)
    Release.objects.update(publish_at=clock.now())
    assert "Đang đăng" in desk.get(door(release)).text
    publish_due()
    assert "không dừng được nữa" in desk.post(door(release, "/recall"), follow=True).text


def test_what_was_held_says_why_and_is_tried_again(desk: Client, write: Write) -> None:
    release = write()
    desk.post(door(release, "/submit"), chosen())
    Release.objects.update(state=State.HELD, held_for="suspended")
    page = desk.get(door(release)).text
    assert "tổ chức đang tạm ngưng" in page
    desk.post(door(release, "/time"), {"when": "now", "at": "", "zone": VIETNAM})
    assert publish_due() == 1


def test_a_moderator_sees_the_time(
    client: Client, an: Person, moderator: Person, write: Write, newcomer: Organization
) -> None:
    release = write(newcomer)
    client.force_login(an)
    client.post(door(release, "/submit"), chosen())
    assert "Đổi giờ" in client.get(door(release)).text
    client.force_login(moderator)
    assert "hẹn đăng" in client.get("/moderation/").text
    page = client.get(f"/moderation/{release.public_id}").text
    assert "Duyệt, đăng đúng giờ hẹn" in page
    told = client.post(f"/moderation/{release.public_id}/approve", follow=True).text
    assert "tới giờ hẹn thì lên trang" in told
    assert "Chờ tới giờ đăng" in told
    assert "Đã duyệt và chờ tới giờ" in client.get(f"/moderation/{release.public_id}").text
    assert "Đã gửi lại" in client.post(f"/moderation/{release.public_id}", {"reason": "Sửa số."}, follow=True).text


def test_a_stranger_finds_no_time(client: Client, stranger: Person, write: Write) -> None:
    release = write()
    client.force_login(stranger)
    assert client.post(door(release, "/time"), chosen()).status_code == 404
