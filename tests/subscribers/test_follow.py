"""follow: an organization's news by mail, asked for twice, and kept apart from the portal's own newsletter."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.subscribers.models import Consent, Following, State, Subscriber
from tests.entries import make_portal
from tests.subscribers.test_sign_up import ask, link

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("loa.subscribers.urls"))]


@pytest.fixture(autouse=True)
def portal(tmp_path: Path, settings: Any) -> Portal:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path
    made = make_portal()
    for slug, name in (("hoa-sen", "Hoa Sen"), ("sao-mai", "Sao Mai")):
        Organization.objects.create(portal=made, slug=slug, name=name, approved_at=clock.now())
    return made


def press(client: Client, address: str) -> Any:
    return client.post(address, headers={"Sec-Fetch-Site": "same-origin"})


def followed() -> list[str]:
    return list(Following.objects.order_by("pk").values_list("organization__slug", flat=True))


def test_a_reader_follows_by_pressing_the_button_in_the_mail(client: Client) -> None:
    assert "Hoa Sen" in client.get("/newsletter?organization=hoa-sen").text
    assert ask(client, organization="hoa-sen", frequency="at_once").status_code == 200
    door = link("follow")
    assert "Hoa Sen" in client.get(door).text
    assert not followed()
    assert press(client, door).status_code == 200
    press(client, door)
    row = Subscriber.objects.get()
    assert (row.state, row.frequency, row.is_general) == (State.CONFIRMED, "at_once", False)
    assert followed() == ["hoa-sen"]
    assert [one.method for one in Consent.objects.order_by("pk")] == ["ask_to_follow", "follow"]
    assert "Hoa Sen" in Consent.objects.latest("pk").text


def test_it_asks_in_the_language_of_the_page(client: Client) -> None:
    client.post("/en/newsletter", {"email": "a@vidu.vn", "organization": "hoa-sen"})
    assert "follow the news of Hoa Sen" in Message.objects.get().text
    assert "/en/newsletter/follow/" in Message.objects.get().text


def test_what_somebody_else_typed_is_not_confirmed_along_with_it(client: Client) -> None:
    ask(client)
    ask(client, organization="sao-mai")
    ask(client, organization="hoa-sen")
    press(client, link("follow"))  # the newest mail: Hoa Sen's
    assert followed() == ["hoa-sen"]
    assert not Subscriber.objects.get().is_general
    press(client, link("confirm"))
    assert Subscriber.objects.get().is_general


def test_who_follows_may_still_ask_for_the_newsletter(client: Client) -> None:
    ask(client, organization="hoa-sen")
    press(client, link("follow"))
    ask(client, frequency="weekly")
    assert not Subscriber.objects.get().is_general
    press(client, link("confirm"))
    row = Subscriber.objects.get()
    assert (row.is_general, row.frequency) == (True, "daily")


def test_following_twice_sends_the_way_to_the_preferences(client: Client) -> None:
    first = ask(client, organization="hoa-sen")
    press(client, link("follow"))
    second = ask(client, organization="hoa-sen")
    assert first.content == second.content
    preferences = link("preferences")
    page = client.get(preferences).text
    assert "Hoa Sen" in page
    answer = client.post(preferences, {"frequency": "daily"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert not followed()
    assert "không có thư nào" in answer.text


def test_leaving_forgets_whom_a_reader_followed(client: Client) -> None:
    ask(client, organization="hoa-sen")
    press(client, link("follow"))
    ask(client, organization="hoa-sen")
    client.post(link("leave"))
    assert not followed()


def test_an_organization_nobody_let_out_cannot_be_followed(client: Client) -> None:
    Organization.objects.filter(slug="hoa-sen").update(approved_at=None)
    for slug in ("hoa-sen", "khong-co"):
        assert ask(client, organization=slug).status_code == 404
    assert not Subscriber.objects.exists()


def test_a_wrong_address_is_typed_again_for_the_same_organization(client: Client) -> None:
    answer = ask(client, email="sai", organization="hoa-sen")
    assert answer.status_code == 422
    assert 'name="organization" value="hoa-sen"' in answer.text


def test_a_changed_link_or_another_purpose_is_refused(client: Client) -> None:
    ask(client, organization="hoa-sen")
    assert press(client, link("follow") + "x").status_code == 404
    assert press(client, link("follow").replace("follow", "confirm")).status_code == 404
    assert client.post(link("follow"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
