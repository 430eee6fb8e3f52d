"""send_due: at the chosen hour, nothing when nothing is new, no entry twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.models import Entry
from loa.lib import clock
from loa.mail.models import Message
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.rules import period
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.subscribers import queries as subscribers
from loa.subscribers.actions.leave import leave
from loa.subscribers.models import State, Subscriber
from loa.topics.models import Section, Topic
from tests.entries import make_entry, make_portal
from tests.readers import make_reader

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 24, 0, tzinfo=UTC)  # 07:00 on a Tuesday in Vietnam


@pytest.fixture
def portal() -> Portal:
    return make_portal()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def subscribe(portal: Portal, *keys: str, **more: Any) -> Subscriber:
    return make_reader(portal, more.pop("email", "doc@vidu.vn"), *keys, **{"since": SEVEN - timedelta(days=30), **more})


def section(slug: str) -> str:
    return f"section:{Section.objects.get(slug=slug).pk}"


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


def test_sections_frequency_state_and_rest_are_kept_to(portal: Portal, at: Any) -> None:
    subscribe(portal, section("van-hoa"), email="a@vidu.vn")
    subscribe(portal, email="b@vidu.vn", state=State.UNCONFIRMED)
    leave(subscribe(portal, email="c@vidu.vn"))
    subscribe(portal, section("kinh-te"), email="d@vidu.vn")
    subscribe(portal, email="e@vidu.vn", frequency="at_once")
    subscribe(portal, email="f@vidu.vn", paused_until=SEVEN + timedelta(days=1))
    subscribe(portal, email="g@vidu.vn", since=SEVEN + timedelta(seconds=1))
    make_entry(portal, "một", published_at=SEVEN - timedelta(hours=2))
    at(SEVEN + timedelta(minutes=1))
    send_due()
    send_due()
    assert list(Message.objects.values_list("to", flat=True)) == ["d@vidu.vn"]


def test_each_frequency_and_language_is_a_mail_of_its_own_and_no_entry_comes_twice(portal: Portal, at: Any) -> None:
    reader = subscribe(portal, section("kinh-te"))
    reader.subscriptions.create(key=section("van-hoa"), frequency="weekly", language="en", since=reader.asked_at)
    reader.subscriptions.create(key="general", frequency="daily", language="en", since=reader.asked_at)
    for slug in ("kinh-te", "van-hoa"):
        make_entry(portal, slug, section=slug, published_at=SEVEN - timedelta(hours=30))
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 2
    first, second = Message.objects.order_by("pk")
    assert "Bạn nhận thư này vì" in first.text
    assert "You receive this message because" in second.text
    assert sorted(
        text.count(f"Tin {slug}") for text in (first.text, second.text) for slug in ("kinh-te", "van-hoa")
    ) == [0, 0, 1, 1]


def test_a_topic_holds_the_narrower_ones_and_a_place_those_it_came_from(portal: Portal, at: Any) -> None:
    wide = Topic.objects.create(qcode="medtop:1", labels={"vi": "kinh tế"})
    narrow = Topic.objects.create(qcode="medtop:2", labels={"vi": "lúa gạo"}, parent=wide)
    now = Place.objects.create(slug="dong-thap", name="Đồng Tháp")
    old = Place.objects.create(slug="tien-giang", name="Tiền Giang", successor=now)
    subscribe(portal, "topic:medtop:1", email="a@vidu.vn")
    subscribe(portal, f"place:{now.pk}", email="b@vidu.vn")
    subscribe(portal, "topic:medtop:3", f"place:{old.pk + 99}", email="c@vidu.vn")
    made = make_entry(portal, "lúa", published_at=SEVEN - timedelta(hours=2))
    made.topics.add(narrow)
    Entry.objects.update(place=old)
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 2
    assert list(Message.objects.order_by("to").values_list("to", flat=True)) == ["a@vidu.vn", "b@vidu.vn"]
    assert "Kinh tế." in Message.objects.get(to="a@vidu.vn").text


def test_a_mail_of_one_list_leaves_that_list_and_of_several_all(portal: Portal, at: Any) -> None:
    one = subscribe(portal, section("kinh-te"), email="a@vidu.vn")
    several = subscribe(portal, "general", section("kinh-te"), email="b@vidu.vn")
    make_entry(portal, "một", published_at=SEVEN - timedelta(hours=2))
    at(SEVEN + timedelta(minutes=1))
    send_due()
    for reader, key in ((one, section("kinh-te")), (several, "")):
        header = Message.objects.get(to=reader.email).headers["List-Unsubscribe"]
        token = header.strip("<>").rpartition("/")[2]
        assert subscribers.by_leave_token(portal, token) == (reader, key)


def test_a_text_comes_in_the_language_of_the_wish_where_there_is_one(portal: Portal, at: Any) -> None:
    subscribe(portal, language="en")
    made = make_entry(portal, "một", published_at=SEVEN - timedelta(hours=2))
    english = Text(language="en", headline="One story", body_html="<p>One.</p>", body_text="One.")
    add_translation(made, text=english, translates=made.current)
    at(SEVEN + timedelta(minutes=1))
    send_due()
    message = Message.objects.get()
    assert "One story" in message.subject
    assert "/en/r/" in message.text


def test_weeks_begin_on_monday_at_seven() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert period("weekly", "Asia/Ho_Chi_Minh", sunday).key == "w2026-11-16"
    assert period("weekly", "Asia/Ho_Chi_Minh", SEVEN).key == "w2026-11-23"
    assert period("daily", "Asia/Ho_Chi_Minh", SEVEN - timedelta(seconds=1)).key == "d2026-11-23"


def hoa_sen(portal: Portal) -> Organization:
    made, _ = Organization.objects.get_or_create(
        portal=portal, slug="hoa-sen", defaults={"name": "Hoa Sen", "approved_at": SEVEN}
    )
    return made


def other_entry(portal: Portal, key: str, *, with_partner: Organization | None = None, **more: Any) -> Entry:
    other = Organization.objects.create(portal=portal, slug=key, name=key)
    entry = make_entry(portal, key, **more)
    Entry.objects.filter(pk=entry.pk).update(organization=other)
    if with_partner is not None:
        entry.partners.add(with_partner)
    return entry


def test_a_follower_gets_that_organization_alone_and_its_joint_releases(portal: Portal, at: Any) -> None:
    followed = hoa_sen(portal)
    subscribe(portal, f"organization:{followed.pk}")
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
    assert "đã chọn: Hoa Sen." in message.text


def test_what_is_followed_and_in_the_newsletter_comes_once(portal: Portal, at: Any) -> None:
    subscribe(portal, section("van-hoa"), f"organization:{hoa_sen(portal).pk}")
    make_entry(portal, "kinh-tế", published_at=SEVEN - timedelta(hours=2))
    make_entry(portal, "văn-hoá", section="van-hoa", published_at=SEVEN - timedelta(hours=3))
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 1
    text = Message.objects.get().text
    assert [text.count(f"Tin {key}") for key in ("kinh-tế", "văn-hoá")] == [1, 1]
    at(SEVEN + timedelta(days=1, minutes=1))
    assert send_due() == 0


def test_a_busy_portal_does_not_crowd_out_what_is_followed(
    portal: Portal, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.newsletters.queries.MOST_ENTRIES", 1)
    subscribe(portal, f"organization:{hoa_sen(portal).pk}")
    make_entry(portal, "của-mình", published_at=SEVEN - timedelta(hours=5))
    other_entry(portal, "của-ai", published_at=SEVEN - timedelta(hours=1))
    at(SEVEN + timedelta(minutes=1))
    assert send_due() == 1
    assert "của-mình" in Message.objects.get().text
