"""Two portals in one installation: the second never leads to the first, nor shows what the first holds."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.mail.models import Message
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.take_in import take_in
from loa.newsletters.actions.tell_at_once import tell_at_once
from loa.organizations.actions.found import found
from loa.organizations.actions.invite import invite
from loa.organizations.models import Organization
from loa.portals.models import Portal, PortalHost, StaticPage
from loa.releases.actions.withdraw import withdraw
from loa.releases.queries import of_entry, waiting
from loa.topics.models import Section
from tests.conftest import Write
from tests.readers import make_reader, read

FIRST, SECOND = "https://first.example", "https://second.example:8443"
PICTURE = {"url": "/media/a.webp", "width": 8, "height": 8, "alt": "Lúa", "caption": "", "credit": "Lan", "bytes": 9}
FULL = re.compile(r"https?://(?:first|second|testserver|localhost|khac)[^\s\"'<&]*")


class Two(NamedTuple):
    """What both portals hold."""

    first: Entry
    second: Entry
    sender: Organization


@pytest.fixture
def two(
    settings: Settings, portal: Portal, an: Person, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> Two:
    """The first stands on LOA_ORIGIN, the second on its own address; An writes for both."""
    settings.LOA_ORIGIN = FIRST
    settings.EMAIL_BACKEND = "loa.mail.backend.RowBackend"
    other = Portal.objects.create(slug="hai", name="Cổng Hai", origin=SECOND)
    PortalHost.objects.create(portal=other, host="second.example")
    StaticPage.objects.create(portal=other, slug="contact", language="vi", title="Liên hệ")
    sender = found(an, portal=other, name="Công ty Hai", kind="company")
    Organization.objects.update(approved_at=clock.now())
    theirs = Section.objects.create(portal=other, slug="kinh-te", name_vi="Kinh tế", name_en="Business")
    text = {"headline": "Hai thu hoạch vụ lúa", "body_html": "<p>Công ty Hai thu hoạch vụ lúa đầu tiên của mình.</p>"}
    made = Two(put_out(), put_out(sender, section=theirs, pictures=[PICTURE], **text), sender)
    run_wire()
    return made


def of_second(client: Client, path: str) -> str:
    answer = client.get(path, follow=False, headers={"host": "second.example"})
    assert answer.status_code == 200, path
    return answer.text


def paths(two: Two) -> list[str]:
    sender, year = two.sender.slug, two.second.published_at.year
    version = two.second.current
    assert version is not None
    lists = ["", "/s/kinh-te", f"/o/{sender}", "/search"]
    pages = ["/", "/en/", "/latest", "/s/kinh-te", "/o/", f"/o/{sender}", f"/archive/{year}", "/contact", "/newsletter"]
    feeds = [f"{under}/feed.{form}" + "?q=thu+hoach" * (under == "/search") for under in lists for form in FORMS]
    found = [f"/r/{two.second.public_id}/{version.slug}", "/search?q=thu+hoach", "/en/search?q=thu+hoach"]
    return [*pages, *found, *feeds, "/robots.txt", "/sitemap.xml", "/news-sitemap.xml"]


FORMS = ("xml", "atom", "json")


def test_no_address_of_the_first_is_in_the_second(client: Client, two: Two) -> None:
    seen = 0
    for path in paths(two):
        text = of_second(client, path)
        assert "first.example" not in text, path
        assert two.first.public_id not in text, path
        full = FULL.findall(text)
        assert all(address.startswith(SECOND) for address in full), (path, full)
        seen += len(full)
    assert seen > 40


def test_a_release_has_its_portals_address_everywhere_it_is_named(client: Client, two: Two) -> None:
    text = of_second(client, next(path for path in paths(two) if path.startswith("/r/")))
    address = re.search(r'<link rel="canonical" href="([^"]+)"', text)
    assert address is not None
    assert address[1].startswith(f"{SECOND}/r/{two.second.public_id}/")
    assert f'og:url" content="{address[1]}"' in text
    assert f'og:image" content="{SECOND}/media/a.webp"' in text
    assert f'"mainEntityOfPage": "{address[1]}"' in text
    assert "u=https%3A%2F%2Fsecond.example%3A8443%2Fr%2F" in text


def test_each_portal_finds_its_own(client: Client, two: Two) -> None:
    for host, own, other in (
        ("second.example", two.second, two.first),
        ("first.example", two.first, two.second),
    ):
        for path in ("/search?q=thu+hoach", "/search?q=", "/search?q=thu+hoach&section=kinh-te"):
            text = client.get(path, headers={"host": host}).text
            assert own.public_id in text, (host, path)
            assert other.public_id not in text, (host, path)
            assert other.organization.name not in text, (host, path)
    assert two.first.public_id not in of_second(client, f"/search?organization={two.first.organization.slug}")


def test_no_mail_of_the_second_leads_to_the_first(
    client: Client, two: Two, an: Person, moderator: Person, write: Write, run_wire: Callable[[], int]
) -> None:
    Message.objects.all().delete()
    portal = two.sender.portal
    make_reader(portal, frequency="at_once")
    assert tell_at_once([two.second, two.first]) == 1
    invite(an, two.sender, email="moi@vidu.vn")
    ours = {"host": "second.example", "Sec-Fetch-Site": "same-origin"}
    client.post("/newsletter", {"email": "khac@vidu.vn", **read()}, headers=ours)
    client.post("/accounts/password/reset/", {"email": an.email}, headers=ours)
    Organization.objects.update(approved_at=None)
    take_in(an, write(two.sender, section=Section.objects.get(portal=portal)))
    send_back(moderator, waiting(portal.pk).get(), reason="Thiếu nguồn.")
    release = of_entry(two.second.pk)
    assert release is not None
    withdraw(SYSTEM, release, statement="Nhầm.")
    run_wire()
    assert Message.objects.count() == 6
    for mail in Message.objects.all():
        full = FULL.findall(mail.text + mail.html + str(mail.headers))
        assert full, mail.subject
        assert all(f"{address}/".startswith(f"{SECOND}/") for address in full), (mail.subject, full)


def test_the_host_of_a_request_is_never_believed(client: Client, two: Two, an: Person) -> None:
    """A portal that answers to any host still mails its own address."""
    Message.objects.all().delete()
    portal = two.sender.portal
    PortalHost.objects.filter(host="*").update(portal=portal)
    client.post("/accounts/password/reset/", {"email": an.email}, headers={"host": "khac.example"})
    mail = Message.objects.get()
    assert "khac.example" not in mail.text
    assert f"{SECOND}/accounts/" in mail.text


def test_a_page_asks_the_database_nothing_more_for_its_address(
    client: Client, two: Two, django_assert_num_queries: Any
) -> None:
    portal = Portal.objects.get(slug="hai")
    with django_assert_num_queries(0):
        assert portal.link("/latest", "en") == f"{SECOND}/en/latest"
        assert portal.link("/latest", "vi") == f"{SECOND}/latest"


def test_a_portal_without_an_address_has_the_installations(settings: Settings) -> None:
    settings.LOA_ORIGIN = FIRST
    assert Portal(name="Một").link("/latest") == f"{FIRST}/latest"
