"""send_due: at the chosen hour, nothing when nothing is new, no entry twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loa.archive.models import Entry
from loa.lib import clock
from loa.mail.models import Message
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.rules import period
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.subscribers.actions.leave import leave
from loa.subscribers.models import Following, State, Subscriber
from tests.entries import make_entry, make_portal

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 24, 0, tzinfo=UTC)  # 07:00 on a Tuesday in Vietnam


@pytest.fixture
def portal() -> Portal:
    return make_portal()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def subscribe(portal: Portal, **more: Any) -> Subscriber:
    asked = SEVEN - timedelta(days=30)
    values = {"email": "doc@vidu.vn", "state": State.CONFIRMED, "asked_at": asked, "confirmed_at": asked} | more
    return Subscriber.objects.create(portal=portal, **values)


def test_it_sends_at_seven_and_never_twice(portal: Portal, at: Any) -> None:
    subscribe(portal)
    make_entry(portal, "một", published_at=SEVEN - timedelta(hours=2))
    at(SEVEN - timedelta(minutes=1))
    send_due()
    first = Message.objects.count()  # yesterday's period, caught up
    at(SEVEN + timedelta(minutes=1))
    send_due()
    send_due()
    assert first == 1
    assert Message.objects.count() == 1
    make_entry(portal, "hai", published_at=SEVEN + timedelta(hours=1))
    at(SEVEN + timedelta(days=1, minutes=1))
    assert send_due() == 1
    newest = Message.objects.latest("id")
    assert "Tin hai" in newest.text
    assert "Tin một" not in newest.text


def test_the_mail_can_be_left_in_one_click(portal: Portal, at: Any) -> None:
    subscribe(portal)
    make_entry(portal, "một", published_at=SEVEN - timedelta(hours=2))
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 1
    message = Message.objects.get()
    assert "/newsletter/leave/" in message.headers["List-Unsubscribe"]
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.headers["List-Id"].endswith(">")
    assert "Tin một" in message.html


def test_nothing_new_sends_nothing(portal: Portal, at: Any) -> None:
    subscribe(portal)
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 0


def test_sections_frequency_and_state_are_kept_to(portal: Portal, at: Any) -> None:
    subscribe(portal, email="a@vidu.vn", sections=["van-hoa"])
    subscribe(portal, email="b@vidu.vn", state=State.UNCONFIRMED)
    leave(subscribe(portal, email="c@vidu.vn"))
    subscribe(portal, email="d@vidu.vn", frequency="at_once")
    subscribe(portal, email="e@vidu.vn", frequency="at_once", confirmed_at=SEVEN)
    make_entry(portal, "một", published_at=SEVEN - timedelta(hours=2))
    at(SEVEN + timedelta(minutes=1))
    send_due()
    send_due()
    assert list(Message.objects.values_list("to", flat=True)) == ["d@vidu.vn"]


def test_weeks_begin_on_monday_at_seven() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert period("weekly", "Asia/Ho_Chi_Minh", sunday).key == "w2026-11-16"
    assert period("weekly", "Asia/Ho_Chi_Minh", SEVEN).key == "w2026-11-23"
    assert period("daily", "Asia/Ho_Chi_Minh", SEVEN - timedelta(seconds=1)).key == "d2026-11-23"


def follow(reader: Subscriber, portal: Portal, since: datetime) -> Organization:
    organization, _ = Organization.objects.get_or_create(portal=portal, slug="hoa-sen", defaults={"name": "Hoa Sen"})
    Following.objects.create(subscriber=reader, organization=organization, since=since)
    return organization


def other_entry(portal: Portal, key: str, *, with_partner: Organization | None = None, **more: Any) -> Entry:
    other = Organization.objects.create(portal=portal, slug=key, name=key)
    entry = make_entry(portal, key, **more)
    Entry.objects.filter(pk=entry.pk).update(organization=other)
    if with_partner is not None:
        entry.partners.add(with_partner)
    return entry


def test_a_follower_gets_that_organization_alone_and_its_joint_releases(portal: Portal, at: Any) -> None:
    reader = subscribe(portal, is_general=False)
    followed = follow(reader, portal, SEVEN - timedelta(days=9))
    for number, key in enumerate(("của-mình", "chung", "của-ai")):
        when = SEVEN - timedelta(hours=2 + number)
        if key == "của-mình":
            make_entry(portal, key, published_at=when)
        else:
            other_entry(portal, key, with_partner=followed if key == "chung" else None, published_at=when)
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 1
    message = Message.objects.get()
    assert [key in message.text for key in ("của-mình", "chung", "của-ai")] == [True, True, False]
    assert "theo dõi tổ chức" in message.text


def test_what_is_followed_and_in_the_newsletter_comes_once(portal: Portal, at: Any) -> None:
    reader = subscribe(portal, sections=["van-hoa"])
    follow(reader, portal, SEVEN - timedelta(days=9))
    make_entry(portal, "kinh-tế", published_at=SEVEN - timedelta(hours=2))
    make_entry(portal, "văn-hoá", section="van-hoa", published_at=SEVEN - timedelta(hours=3))
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 1
    text = Message.objects.get().text
    assert [text.count(f"Tin {key}") for key in ("kinh-tế", "văn-hoá")] == [1, 1]
    at(SEVEN + timedelta(days=1, minutes=1))
    assert send_due() == 0


def test_at_once_means_from_the_following_on(portal: Portal, at: Any) -> None:
    reader = subscribe(portal, is_general=False, frequency="at_once")
    follow(reader, portal, SEVEN - timedelta(hours=2))
    make_entry(portal, "trước", published_at=SEVEN - timedelta(hours=3))
    make_entry(portal, "sau", published_at=SEVEN - timedelta(hours=1))
    at(SEVEN)
    assert send_due() == 1
    assert send_due() == 0
    text = Message.objects.get().text
    assert ("Tin sau" in text, "Tin trước" in text) == (True, False)


def test_a_busy_portal_does_not_crowd_out_what_is_followed(
    portal: Portal, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.newsletters.queries.MOST_ENTRIES", 1)
    reader = subscribe(portal, is_general=False)
    follow(reader, portal, SEVEN - timedelta(days=9))
    make_entry(portal, "của-mình", published_at=SEVEN - timedelta(hours=5))
    other_entry(portal, "của-ai", published_at=SEVEN - timedelta(hours=1))
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 1
    assert "của-mình" in Message.objects.get().text
