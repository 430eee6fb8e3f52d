"""erase: a reader takes everything away with them, and only they can come back."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from loa.audit.models import Record
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.subscribers import emails, queries
from loa.subscribers.actions.erase import erase
from loa.subscribers.models import Consent, Forgotten, Subscriber, Subscription
from tests.entries import make_portal
from tests.readers import ask, link, make_reader, press

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("loa.subscribers.urls"))]


@pytest.fixture
def portal(tmp_path: Path, settings: Any) -> Portal:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path
    return make_portal()


def door(client: Client, purpose: str) -> str:
    ask(client)
    press(client, link("confirm"))
    ask(client)
    page = client.get(link("preferences"))
    return str(page.context[purpose]).removeprefix("http://testserver")


def test_everything_held_is_handed_over(client: Client, portal: Portal) -> None:
    address = door(client, "data")
    assert client.get(address).headers["Content-Type"].startswith("text/html")
    held = json.loads(press(client, address).content)
    assert held["email"] == "doc@vidu.vn"
    assert [row["list"] for row in held["subscriptions"]] == ["general"]
    assert [row["method"] for row in held["consents"]] == ["sign_up", "confirm"]


def test_nothing_is_left_but_a_hash(client: Client, portal: Portal) -> None:
    address = door(client, "erase")
    client.get(address)
    assert Subscriber.objects.exists()
    assert press(client, address).status_code == 200
    assert not any(table.objects.exists() for table in (Subscriber, Subscription, Consent))
    for row in [*Message.objects.values(), *Record.objects.values(), *Forgotten.objects.values()]:
        assert "doc@vidu.vn" not in str(row)
    assert queries.forgotten(portal.pk, ["Doc@vidu.vn"])
    assert press(client, address).status_code == 404


def test_its_owner_comes_back_by_signing_up(client: Client, portal: Portal) -> None:
    press(client, door(client, "erase"))
    ask(client)
    assert queries.forgotten(portal.pk, ["doc@vidu.vn"])
    press(client, link("confirm"))
    assert not queries.forgotten(portal.pk, ["doc@vidu.vn"])


def test_what_waits_is_called_back_and_twice_is_once(portal: Portal) -> None:
    reader = make_reader(portal)
    emails.preferences(reader)
    erase(reader)
    erase(reader)
    assert Message.objects.get().state == "cancelled"
    assert Record.objects.filter(act="erase").count() == 1


def test_another_site_erases_nothing(client: Client, portal: Portal) -> None:
    address = door(client, "erase")
    assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Subscriber.objects.exists()
