"""leave: one list or all, by a mail program's POST or by a button; looking at the page changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from loa.mail.models import Message
from loa.mail.models import State as MailState
from loa.portals.models import Portal
from loa.subscribers import emails, queries
from loa.subscribers.actions.leave import leave
from loa.subscribers.models import Consent, State, Subscriber
from tests.entries import make_portal
from tests.readers import lists, make_reader, press

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("loa.subscribers.urls"))]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def portal(tmp_path: Path, settings: Any) -> Portal:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path
    return make_portal()


@pytest.fixture
def reader(portal: Portal) -> Subscriber:
    return make_reader(portal, "doc@vidu.vn", "general", "organization:7", "press")


def one(reader: Subscriber, key: str) -> str:
    return queries.leave_link(reader, key).removeprefix(reader.portal.address)


def every(reader: Subscriber) -> str:
    return queries.link(reader, "leave").removeprefix(reader.portal.address)


def test_looking_changes_nothing(client: Client, reader: Subscriber) -> None:
    for address in (one(reader, "general"), every(reader)):
        assert "doc@vidu.vn" in client.get(address).text
        client.head(address)
    assert len(lists()) == 3


def test_a_mail_program_leaves_one_list_in_one_click(client: Client, reader: Subscriber) -> None:
    for _ in range(2):
        assert client.post(one(reader, "general"), ONE_CLICK).status_code == 200
    assert set(lists()) == {"organization:7", "press"}
    assert [row.key for row in Consent.objects.all()] == ["general"]


def test_who_leaves_the_last_list_has_left(client: Client, reader: Subscriber) -> None:
    for key in ("general", "organization:7", "press"):
        client.post(one(reader, key), ONE_CLICK)
    reader.refresh_from_db()
    assert (lists(), reader.state) == ({}, State.LEFT)
    assert reader.left_at is not None


def test_all_are_left_in_one_click_or_from_the_page_of_one(client: Client, reader: Subscriber) -> None:
    assert "Thôi nhận tất cả" in client.get(one(reader, "general")).text
    press(client, one(reader, "general"), all="1")
    assert not lists()
    client.post(every(reader), ONE_CLICK)
    assert Consent.objects.get().method == "leave"
    assert "không còn nhận" in client.get(every(reader)).text


def test_what_has_not_left_is_called_back(reader: Subscriber) -> None:
    emails.preferences(reader)
    leave(reader)
    assert Message.objects.get().state == MailState.CANCELLED


def test_leaving_is_undone_within_the_hour(client: Client, reader: Subscriber) -> None:
    page = press(client, every(reader))
    assert press(client, "/newsletter/undo", undo=page.context["undo"]).status_code == 200
    assert len(lists()) == 3
    assert Subscriber.objects.get().state == State.CONFIRMED
    assert press(client, "/newsletter/undo", undo="x").status_code == 404


def test_the_link_is_good_for_leaving_alone(client: Client, reader: Subscriber) -> None:
    page = press(client, one(reader, "general"))
    assert "/newsletter/preferences/" not in page.text
    token = one(reader, "general").rpartition("/")[2]
    for door in ("confirm", "preferences", "data", "erase"):
        assert press(client, f"/newsletter/{door}/{token}").status_code == 404


def test_a_link_of_somebody_erased_says_that_nothing_comes(client: Client, reader: Subscriber) -> None:
    address = every(reader)
    reader.delete()
    assert client.post(address, ONE_CLICK).status_code == 200
    assert client.get(address + "x").status_code == 404
