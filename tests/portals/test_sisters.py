"""Sisters: listed portals name each other at the foot of every page, and each speaks its own languages."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from loa.archive.models import Entry
from loa.edge.actions.purge import generations
from loa.inbox import queries as inbox
from loa.inbox.actions.forget import forget
from loa.lib import clock
from loa.organizations.models import Organization
from loa.portals.models import Portal, PortalHost
from loa.project.demonstration import filling
from loa.project.demonstration.told import tell_of_the_past
from loa.topics.models import Section
from tests.conftest import MakePerson

OURS, THEIRS = {"host": "testserver"}, {"host": "sister.example"}


@pytest.fixture
def sister(portal: Portal) -> Portal:
    """A city's portal in English first, named at the foot of GlobalVN's pages."""
    made = Portal.objects.create(
        slug="sister", name="GlobalDN", origin="https://sister.example", language="en", languages=["en", "vi"],
        place={"en": "Da Nang", "vi": "Đà Nẵng"}, is_listed=True,
    )  # fmt: skip
    PortalHost.objects.create(portal=made, host="sister.example")
    return made


def test_each_leads_to_the_other(client: Client, portal: Portal, sister: Portal) -> None:
    Portal.objects.filter(pk=portal.pk).update(is_listed=True, origin="https://first.example", place={"vi": "Việt Nam"})
    for path in ("/", "/latest", "/o/", "/events", "/newsletter", "/search?q=a"):
        assert 'href="https://sister.example/vi/" hreflang="vi"' in client.get(path, headers=OURS).text, path
        assert 'href="https://first.example/en/" hreflang="en"' in client.get(path, headers=THEIRS).text, path
    foot = client.get("/", headers=OURS).text
    assert "Các cổng cùng nhà" in foot
    assert "Đà Nẵng" in foot
    assert 'href="https://sister.example/" hreflang="en"' in client.get("/en/", headers=OURS).text


def test_one_that_is_not_listed_is_named_nowhere(client: Client, portal: Portal, sister: Portal) -> None:
    Portal.objects.filter(pk=sister.pk).update(is_listed=False)
    text = client.get("/", headers=OURS).text
    assert "GlobalDN" not in text
    assert "Các cổng cùng nhà" not in text


def test_a_portal_answers_in_the_languages_it_offers(client: Client, sister: Portal) -> None:
    Portal.objects.filter(pk=sister.pk).update(language="vi", languages=["vi"])
    page = client.get("/", headers=THEIRS)
    assert 'href="/en/"' not in page.text
    assert 'hreflang="en"' not in page.text
    assert client.get("/en/", headers=THEIRS).status_code == 404
    assert client.get("/en/", headers=OURS).status_code == 200


def test_the_front_page_says_whose_releases_they_are(
    client: Client, portal: Portal, put_out: Callable[..., Entry]
) -> None:
    put_out()
    put_out()
    assert "Thông cáo báo chí mới" in client.get("/", headers=OURS).text
    Portal.objects.filter(pk=portal.pk).update(place={"vi": "Huế"})
    assert "Thông cáo báo chí Huế" in client.get("/", headers=OURS).text


@pytest.mark.usefixtures("db")
def test_the_demonstrations_author_has_read_of_all_but_the_last(
    make_person: MakePerson, run_wire: Callable[[], int]
) -> None:
    filling.load_topics()
    filling.load_places()
    filling.make_portal(filling.read("portal.json"))
    author = filling.person(filling.AUTHOR)
    portal = filling.fill_sister(make_person("Mai", is_staff=True), author)
    first = Entry.objects.filter(portal=portal).order_by("published_at")[0]
    Entry.objects.filter(pk=first.pk).update(published_at=clock.now() - timedelta(days=900))
    for _twice in range(2):
        tell_of_the_past(author, portal)
        items = list(inbox.of_person(author, portal))
        assert [item.read_at is None for item in items] == [True, True, *[False] * (len(items) - 2)]
        assert len(items) >= 5
    days = list(Entry.objects.filter(portal=portal).order_by("-published_at").values_list("published_at", flat=True))
    assert [item.at for item in items[:-1]] == days[:-1]
    forget()  # as the worker does before it comes to the wire
    run_wire()
    assert inbox.unread(author, portal) == 2


@pytest.mark.usefixtures("db")
def test_the_demonstration_has_a_sister_on_a_host_that_needs_no_dns(client: Client, make_person: MakePerson) -> None:
    filling.load_topics()
    filling.load_places()
    filling.make_portal(filling.read("portal.json"))
    author = filling.person(filling.AUTHOR)
    assert filling.fill_sister(make_person("Mai", is_staff=True), author).slug == "globaldn"
    data = filling.read("sister.json")
    assert data["host"].endswith(".localhost")
    page = client.get("/", headers={"host": f"{data['host']}:8000"}).text
    entries = Entry.objects.filter(portal__slug="globaldn")
    assert entries.count() == len(filling.read("sister-releases.json")) >= 5
    assert Section.objects.filter(portal__slug="globaldn").count() == 4
    assert all(section["name"]["en"] in page for section in data["sections"])
    assert "GlobalVN" in page
    assert "Press releases from Đà Nẵng" in page
    assert Organization.objects.filter(portal__slug="globaldn", memberships__person=author).count() == 3
    before = bytes(generations(Path(settings.LOA_HOME)).now())
    assert filling.keep_address() == f"http://{data['host']}:8000"
    assert bytes(generations(Path(settings.LOA_HOME)).now()) == before
