"""The first thing on the operator's page: how the portal is, in words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.custody.models import Backup
from loa.lib import clock
from loa.moderation.models import Report
from loa.wire.models import Beat

PAGE = "/operator/"


def test_a_portal_where_nothing_runs_says_what_to_do(desk: Client) -> None:
    page = desk.get(PAGE).text
    for words in ("Tiến trình nền không chạy", "Chưa có bản sao lưu nào.", "cần làm ngay", "Không thông cáo nào chờ."):
        assert words in page


def test_a_portal_that_is_well_says_so(
    desk: Client, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    put_out()
    run_wire()
    Beat.objects.create(worker="một", at=clock.now())
    Backup.objects.create(made_by="máy", made_at=clock.now(), checked_at=clock.now(), path="b.zip")
    page = desk.get(PAGE).text
    for words in ("Tin đăng đến mọi nơi ngay.", "đã khôi phục thử được", "1 thông cáo đăng, 0 rút"):
        assert words in page


def test_what_has_not_arrived_is_named(desk: Client, put_out: Callable[..., Entry]) -> None:
    put_out()
    Beat.objects.create(worker="một", at=clock.now())
    page = desk.get(PAGE).text
    assert "Tin đăng đến mọi nơi ngay." in page  # the worker has not looked at the notice: nothing is to be carried yet


@pytest.mark.parametrize(("hours", "said"), [(1, "cần xem trước"), (30, "quá hạn từ")])
def test_a_report_is_due(desk: Client, put_out: Callable[..., Entry], hours: int, said: str) -> None:
    Report.objects.create(entry=put_out(), reason="Không phải chúng tôi")
    Report.objects.update(due_at=clock.now() + timedelta(hours=24 - hours))
    assert said in desk.get(PAGE).text


def test_an_editor_sees_the_desk_and_not_the_machine(desk: Client, moderator: Person) -> None:
    desk.force_login(moderator)
    page = desk.get(PAGE).text
    assert "Hàng chờ duyệt" in page
    assert "Ổ đĩa" not in page


def test_it_is_whole_in_english(desk: Client) -> None:
    page = desk.get(f"/en{PAGE}").text
    for words in ("The worker is not running", "There is no backup yet.", "act now", "Releases published: 0"):
        assert words in page
