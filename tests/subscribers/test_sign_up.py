"""sign_up to leave, through the doors: nothing happens on GET, and nothing is given away."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from loa.mail.models import Message
from loa.mail.models import State as MailState
from loa.portals.models import Portal
from loa.subscribers.models import Consent, State, Subscriber
from tests.entries import make_portal

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("loa.subscribers.urls"))]


@pytest.fixture(autouse=True)
def portal(tmp_path: Path, settings: Any) -> Portal:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path
    return make_portal()


def ask(client: Client, email: str = "Doc@vidu.vn", **more: Any) -> Any:
    return client.post("/newsletter", {"email": email, **more}, headers={"Sec-Fetch-Site": "same-origin"})


def link(purpose: str) -> str:
    texts = "\n".join(Message.objects.order_by("-id").values_list("text", flat=True))
    found = re.search(rf"https?://[^/]+(\S*/newsletter/{purpose}/\S+)", texts)
    assert found
    return found[1]


def test_from_sign_up_to_leaving(client: Client) -> None:
    assert client.get("/newsletter").status_code == 200
    assert ask(client, frequency="weekly", sections=["van-hoa"]).status_code == 200
    row = Subscriber.objects.get()
    assert (row.email, row.state, row.frequency, row.sections) == ("doc@vidu.vn", "unconfirmed", "weekly", ["van-hoa"])
    confirm = link("confirm")
    assert client.get(confirm).status_code == 200
    assert Subscriber.objects.get().state == State.UNCONFIRMED
    assert client.post(confirm).status_code == 200
    assert Subscriber.objects.get().state == State.CONFIRMED
    ask(client)
    preferences, leave = link("preferences"), link("leave")
    assert client.post(preferences, {"frequency": "daily"}).status_code == 200
    assert Subscriber.objects.get().frequency == "daily"
    client.get(leave)
    assert Subscriber.objects.get().state == State.CONFIRMED
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.get().state == State.LEFT
    assert not Message.objects.filter(state=MailState.PENDING).exists()
    assert list(Consent.objects.order_by("id").values_list("method", flat=True)) == ["sign_up", "confirm", "leave"]


def test_a_known_address_gets_the_same_answer(client: Client) -> None:
    first = ask(client)
    Subscriber.objects.update(state=State.CONFIRMED)
    second = ask(client, frequency="weekly")
    assert first.content == second.content
    assert Subscriber.objects.get().frequency == "daily"
    assert not second.cookies


def test_machines_and_other_sites_are_kept_out(client: Client) -> None:
    assert ask(client, website="http://x").status_code == 200
    assert client.post("/newsletter", {"email": "a@vidu.vn"}, headers={"Origin": "https://evil.vn"}).status_code == 403
    bad = ask(client, email="không phải thư")
    assert bad.status_code == 422
    assert "không phải thư" in bad.content.decode()
    assert not Subscriber.objects.exists()


def test_a_changed_link_is_refused(client: Client) -> None:
    ask(client)
    assert client.post(link("confirm") + "x").status_code == 404
    assert client.post(link("confirm").replace("confirm", "leave")).status_code == 404


def test_another_portals_link_is_refused(client: Client, portal: Portal) -> None:
    ask(client)
    address = link("confirm")
    other = Portal.objects.create(slug="khac", name="Khác")
    Subscriber.objects.update(portal=other)
    assert client.post(address).status_code == 404
