"""change: the page of everything a reader gets, each list with its own frequency and language; and resting."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from loa.lib import clock
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.subscribers import queries
from loa.subscribers.models import Consent, State, Subscriber
from loa.topics.models import Section
from tests.entries import make_portal
from tests.readers import lists, make_reader, press

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("loa.subscribers.urls"))]


@pytest.fixture
def portal(tmp_path: Path, settings: Any) -> Portal:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path
    return make_portal()


@pytest.fixture
def hoa_sen(portal: Portal) -> str:
    made = Organization.objects.create(portal=portal, slug="hoa-sen", name="Hoa Sen", approved_at=clock.now())
    return f"organization:{made.pk}"


@pytest.fixture
def reader(portal: Portal, hoa_sen: str) -> Subscriber:
    return make_reader(portal, "doc@vidu.vn", "general", hoa_sen)


def page_of(reader: Subscriber) -> str:
    return queries.link(reader, "preferences").removeprefix(reader.portal.address)


def test_each_list_has_its_own_frequency_and_language(client: Client, reader: Subscriber, hoa_sen: str) -> None:
    assert "Hoa Sen" in client.get(page_of(reader)).text
    changes = {"frequency:general": "weekly", f"frequency:{hoa_sen}": "at_once", f"language:{hoa_sen}": "en"}
    page = press(client, page_of(reader), **changes)
    assert "Đã lưu. Bạn nhận: mọi tin trên GlobalVN, Hoa Sen." in page.text
    assert lists() == {"general": "weekly", hoa_sen: "at_once"}
    assert dict(reader.subscriptions.values_list("key", "language")) == {"general": "vi", hoa_sen: "en"}
    assert not Consent.objects.exists()


def test_a_list_is_left_and_another_added(client: Client, reader: Subscriber, hoa_sen: str) -> None:
    culture = f"section:{Section.objects.get(slug='van-hoa').pk}"
    press(client, page_of(reader), leave="general", add=culture)
    assert set(lists()) == {culture, hoa_sen}
    rows = {row.key: row for row in Consent.objects.all()}
    assert (rows["general"].method, rows[culture].method) == ("preferences:leave", "preferences")
    assert "Văn hoá" in rows[culture].text


def test_nothing_else_than_what_is_offered_can_be_added(client: Client, reader: Subscriber) -> None:
    for key in ("press", "organization:99", "section:99", "lạ"):
        press(client, page_of(reader), add=key)
    assert len(lists()) == 2


def test_it_is_undone_within_the_hour(client: Client, reader: Subscriber) -> None:
    page = press(client, page_of(reader), leave="general", language="en")
    assert press(client, "/newsletter/undo", undo=page.context["undo"]).status_code == 200
    reader.refresh_from_db()
    assert (len(lists()), reader.language) == (2, "vi")


def test_without_a_list_it_says_that_nothing_comes(client: Client, reader: Subscriber, hoa_sen: str) -> None:
    assert "không có thư nào" in press(client, page_of(reader), leave=["general", hoa_sen]).text
    assert "không có thư nào" in client.get(page_of(reader)).text


def test_a_reader_rests_for_thirty_days_and_comes_back(client: Client, reader: Subscriber, portal: Portal) -> None:
    assert "30 ngày" in press(client, page_of(reader), act="rest").text
    reader.refresh_from_db()
    assert reader.paused_until is not None
    assert timedelta(days=29) < reader.paused_until - clock.now() <= timedelta(days=30)
    assert not queries.recipients(portal)
    assert "Bạn đang nghỉ" in client.get(page_of(reader)).text
    press(client, page_of(reader), act="wake")
    assert len(queries.recipients(portal)) == 1
    assert len(lists()) == 2


def test_another_site_and_a_changed_link_change_nothing(client: Client, reader: Subscriber) -> None:
    assert client.post(page_of(reader), {"leave": "general"}, headers={"Origin": "https://evil.vn"}).status_code == 403
    assert press(client, page_of(reader) + "x", leave="general").status_code == 404
    assert len(lists()) == 2


def test_who_left_comes_back_by_adding_a_list(client: Client, portal: Portal) -> None:
    reader = make_reader(portal, state=State.LEFT)
    press(client, page_of(reader), add="general")
    reader.refresh_from_db()
    assert (reader.state, lists()) == (State.CONFIRMED, {"general": "daily"})
