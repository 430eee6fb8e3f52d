"""report: last week's figures by mail, once a week, to those who want them, and nothing where nothing happened."""

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.inbox.actions.choose import choose
from loa.inbox.models import Item, WayOut
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.sweep import sweep
from loa.mail.models import Inline, Message
from loa.stats.actions.report import report_due, week_to_tell
from loa.stats.models import DailyViews, Tally, WeeklyReport
from tests.conftest import MakePerson

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # 08:30 in Việt Nam
WEEK = date(2026, 11, 16)


@pytest.fixture
def entry(put_out: Callable[..., Entry]) -> Entry:
    found = put_out()
    for day, views in ((16, 30), (18, 1_240), (22, 10), (9, 640)):
        DailyViews.objects.create(entry=found, day=date(2026, 11, day), views=views)
    Tally.objects.create(entry=found, day=date(2026, 11, 18), what="click", count=7)
    return found


def the_mail(home: Path) -> EmailMessage:
    read = email.message_from_bytes(next((home / "outbox").glob("*.eml")).read_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


def test_last_week_stands_beside_the_week_before(entry: Entry, home: Path) -> None:
    Message.objects.all().delete()
    report_due(MONDAY)
    deliver_due()
    mail = the_mail(home)
    text, html = body(mail, "plain"), body(mail, "html")
    for words in (
        "1.280",
        "tuần trước 640",
        "+100 %",
        "Sao Mai thu hoạch",
        f"/r/{entry.public_id}/",
        "T4 18/11: 1.240",
    ):
        assert words in text, words
    for words in ("1.280", "+100 %", "tuần trước chưa có", 'src="cid:week"', 'alt="Biểu đồ'):
        assert words in html, words
    assert "http" not in html.split('src="', 1)[1].split('"')[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_picture_travels_inside_and_goes_once_it_is_out(entry: Entry, home: Path) -> None:
    Message.objects.all().delete()
    report_due(MONDAY)
    deliver_due()
    (picture,) = (part for part in the_mail(home).walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<week>"
    assert Image.open(BytesIO(picture.get_content())).size == (960, 460)
    sweep()
    assert not Inline.objects.exists()


def test_a_week_is_told_once(entry: Entry) -> None:
    for _ in range(3):
        assert report_due(MONDAY) is False
    assert Message.objects.filter(key__startswith="weekly:").count() == 1
    assert WeeklyReport.objects.get().mailed == 1


def test_nothing_to_tell_is_no_mail(put_out: Callable[..., Entry]) -> None:
    put_out()
    report_due(MONDAY)
    assert not Message.objects.filter(key__startswith="weekly:").exists()
    assert WeeklyReport.objects.get().mailed == 0


def test_a_week_nobody_came_says_so(entry: Entry, home: Path) -> None:
    Message.objects.all().delete()
    DailyViews.objects.filter(day__gte=WEEK).delete()
    report_due(MONDAY)
    deliver_due()
    assert "Tuần qua không ai xem thông cáo nào." in body(the_mail(home), "plain")


def test_who_wants_it_in_the_inbox_alone_gets_no_mail(entry: Entry, an: Person) -> None:
    choose(an, by_mail=[])
    report_due(MONDAY)
    assert not Message.objects.filter(key__startswith="weekly:").exists()
    assert Item.objects.filter(person=an, event="weekly").exists()


def test_one_press_leaves_without_signing_in(entry: Entry, an: Person, client: Client) -> None:
    report_due(MONDAY)
    way = f"/inbox/leave/{WayOut.objects.get(person=an).token}"
    assert way in Message.objects.get(key__startswith="weekly:").headers["List-Unsubscribe"]
    assert "Sau khi bấm nút" in client.get(way).text
    assert "Sau khi bấm nút" in client.get(way).text  # looking changes nothing
    assert "không gửi tới bạn nữa" in Client(enforce_csrf_checks=True).post(way).text
    WeeklyReport.objects.all().delete()
    Message.objects.all().delete()
    report_due(MONDAY)
    assert not Message.objects.filter(key__startswith="weekly:").exists()
    assert client.get("/inbox/leave/khongdung").status_code == 404


def test_only_members_are_told(entry: Entry, stranger: Person, make_person: MakePerson) -> None:
    writer = make_person("Viet")
    entry.organization.memberships.create(person=writer, role="writer")
    report_due(MONDAY)
    told = set(Message.objects.filter(key__startswith="weekly:").values_list("to", flat=True))
    assert told == {"an@example.vn", writer.email}


def test_an_organization_that_is_suspended_hears_nothing(entry: Entry) -> None:
    entry.organization.suspended_at = MONDAY
    entry.organization.save()
    report_due(MONDAY)
    assert not WeeklyReport.objects.exists()


@pytest.mark.parametrize(
    ("at", "week"),
    [
        (datetime(2026, 11, 23, 0, 59, tzinfo=UTC), None), (MONDAY, WEEK),
        (datetime(2026, 11, 25, 16, 59, tzinfo=UTC), WEEK), (datetime(2026, 11, 25, 17, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), None),
    ],
)  # fmt: skip
def test_it_is_told_from_monday_at_eight_to_wednesday(at: datetime, week: date | None) -> None:
    assert week_to_tell(at, "Asia/Ho_Chi_Minh") == week
