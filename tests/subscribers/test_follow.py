"""Following: one organization, section, topic or place by mail, asked for on its page, confirmed by the button."""

from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import include, path

from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.subscribers.models import Consent, State, Subscriber
from loa.topics.models import Topic
from tests.entries import make_portal
from tests.readers import ask, link, lists, make_reader, press

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


def followed() -> list[str]:
    keys = [key.partition(":")[2] for key in lists() if key.startswith("organization:")]
    return list(Organization.objects.filter(pk__in=keys).order_by("pk").values_list("slug", flat=True))


def test_a_reader_follows_by_pressing_the_button_in_the_mail(client: Client) -> None:
    assert "Hoa Sen" in client.get("/newsletter?organization=hoa-sen").text
    assert ask(client, organization="hoa-sen", frequency="at_once").status_code == 200
    door = link("confirm")
    assert "Hoa Sen" in client.get(door).text
    assert not followed()
    assert press(client, door).status_code == 200
    press(client, door)
    assert Subscriber.objects.get().state == State.CONFIRMED
    assert (followed(), list(lists().values())) == (["hoa-sen"], ["at_once"])
    assert [one.method for one in Consent.objects.order_by("pk")] == ["sign_up", "confirm"]
    assert "Hoa Sen" in Consent.objects.latest("pk").text


@pytest.mark.parametrize("kind", ["section", "topic", "place"])
def test_a_section_a_topic_and_a_place_are_followed_alike(client: Client, kind: str) -> None:
    topic = Topic.objects.create(qcode="medtop:04000000", labels={"vi": "kinh tế và tài chính"})
    place = Place.objects.create(slug="dong-thap", name="Đồng Tháp")
    value, name = {
        "section": ("van-hoa", "Văn hoá"),
        "topic": (topic.pk, topic.label("vi").capitalize()),
        "place": (str(place.pk), "Đồng Tháp"),
    }[kind]
    assert name in client.get("/newsletter", {kind: value}).text
    ask(client, **{kind: value})
    assert name in Message.objects.get().text
    press(client, link("confirm"))
    assert [key.partition(":")[0] for key in lists()] == [kind]


def test_it_asks_in_the_language_of_the_page(client: Client) -> None:
    ask(client, prefix="/en", organization="hoa-sen")
    assert "Hoa Sen" in Message.objects.get().text
    assert "Somebody has just asked" in Message.objects.get().text
    assert "/en/newsletter/confirm/" in Message.objects.get().text


def test_what_somebody_else_typed_is_not_confirmed_along_with_it(client: Client) -> None:
    ask(client)
    general = link("confirm")
    ask(client, organization="sao-mai")
    ask(client, organization="hoa-sen")
    press(client, link("confirm"))  # the newest mail: Hoa Sen's
    assert followed() == ["hoa-sen"]
    assert "general" not in lists()
    press(client, general)
    assert "general" in lists()


def test_who_follows_may_still_ask_for_the_newsletter(client: Client) -> None:
    ask(client, organization="hoa-sen", frequency="at_once")
    press(client, link("confirm"))
    ask(client, frequency="weekly")
    assert "general" not in lists()
    press(client, link("confirm"))
    assert sorted(lists().values()) == ["at_once", "weekly"]


def test_following_twice_sends_the_way_to_the_preferences(client: Client) -> None:
    first = ask(client, organization="hoa-sen")
    press(client, link("confirm"))
    second = ask(client, organization="hoa-sen")
    assert first.content == second.content
    assert "Hoa Sen" in client.get(link("preferences")).text


@pytest.mark.parametrize("what", [{"organization": "khong-co"}, {"organization": "hoa-sen"}, {"place": "99"},
                                  {"place": "x"}, {"topic": "medtop:1"}, {"section": "khong-co"}])  # fmt: skip
def test_what_is_not_there_cannot_be_followed(client: Client, what: dict[str, str]) -> None:
    Organization.objects.filter(slug="hoa-sen").update(approved_at=None)
    assert ask(client, **what).status_code == 404
    assert not Subscriber.objects.exists()


def test_a_wrong_address_is_typed_again_for_the_same_organization(client: Client) -> None:
    answer = ask(client, email="sai", organization="hoa-sen")
    assert answer.status_code == 422
    assert 'name="organization" value="hoa-sen"' in answer.text


def test_a_changed_link_or_another_site_is_refused(client: Client) -> None:
    ask(client, organization="hoa-sen")
    assert press(client, link("confirm") + "x").status_code == 404
    assert client.post(link("confirm"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_links_of_mails_from_before_still_work(client: Client, portal: Portal) -> None:
    reader = make_reader(portal, state=State.UNCONFIRMED)
    organization = Organization.objects.get(slug="hoa-sen")
    follow = signing.dumps(f"{reader.public_id}:{organization.pk}", salt="loa.subscribers.follow")
    confirm, leave = (
        signing.dumps(reader.public_id, salt=f"loa.subscribers.{purpose}") for purpose in ("confirm", "leave")
    )
    press(client, f"/newsletter/follow/{follow}")
    assert followed() == ["hoa-sen"]
    press(client, f"/newsletter/confirm/{confirm}")
    assert len(lists()) == 2
    press(client, f"/newsletter/leave/{leave}")
    assert (lists(), Subscriber.objects.get().state) == ({}, State.LEFT)


def test_the_page_of_one_thing_is_not_searched_for(client: Client) -> None:
    assert client.get("/newsletter?organization=hoa-sen").headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/newsletter").headers
