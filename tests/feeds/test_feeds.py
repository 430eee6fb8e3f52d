"""Feeds as a feed reader meets them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.audit.actions.record import SYSTEM
from loa.organizations.models import Kind as OrganizationKind
from loa.organizations.models import Organization
from loa.portals.models import Portal, StaticPage
from loa.releases.actions.correct import correct
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.releases.queries import of_entry
from tests.conftest import Write

LISTS = ["", "/s/kinh-te", "/o/{organization}"]
ATOM = "{http://www.w3.org/2005/Atom}"


def guids(client: Client, path: str) -> list[str]:
    """The items of an RSS feed by their GUID, in order."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return [guid.text or "" for guid in ET.fromstring(answer.content).iter("guid")]


def release_of(entry: Entry) -> Release:
    found = of_entry(entry.pk)
    assert found is not None
    return found


@pytest.mark.parametrize("under", LISTS)
def test_a_release_is_once_in_each_form(
    client: Client, put_out: Callable[..., Entry], organization: Organization, under: str
) -> None:
    entry = put_out()
    under = under.format(organization=organization.slug)
    permanent = f"http://testserver/r/{entry.public_id}"
    assert guids(client, f"{under}/feed.xml") == [permanent]
    atom = ET.fromstring(client.get(f"{under}/feed.atom").content)
    assert [one.text for one in atom.iter(f"{ATOM}id")][1:] == [permanent]
    items = json.loads(client.get(f"{under}/feed.json").content)["items"]
    assert [item["id"] for item in items] == [permanent]


def test_every_item_says_it_is_a_press_release(client: Client, put_out: Callable[..., Entry]) -> None:
    put_out()
    categories = [one.text for one in ET.fromstring(client.get("/feed.xml").content).iter("category")]
    assert "Press Release" in categories


def test_sourced_news_is_not_called_a_press_release(
    client: Client, put_out: Callable[..., Entry], organization: Organization
) -> None:
    organization.kind = OrganizationKind.PORTAL_DESK
    organization.save()
    put_out(kind="sourced", source_url="https://bao.example/bai")
    categories = [one.text for one in ET.fromstring(client.get("/feed.xml").content).iter("category")]
    assert "Press Release" not in categories


def test_a_corrected_headline_is_the_same_item(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    before = guids(client, "/feed.xml")
    release = release_of(entry)
    changed = {"headline": "Sao Mai sửa tiêu đề"}
    correct(SYSTEM, release, fields=changed, reason="Sai tên.", expected_revision=release.revision)
    assert guids(client, "/feed.xml") == before
    assert "Sao Mai sửa tiêu đề" in client.get("/feed.xml").text


def test_a_withdrawn_release_leaves_the_sitemaps(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    withdraw(SYSTEM, release_of(entry), statement="Tin giả.")
    assert entry.public_id not in client.get("/sitemap.xml").text
    assert entry.public_id not in client.get("/news-sitemap.xml").text


def test_a_search_can_be_followed(
    client: Client, put_out: Callable[..., Entry], run_wire: Callable[[], object]
) -> None:
    entry = put_out()
    put_out(headline="Chuyện khác hẳn", lead="Không liên quan.", body_html="<p>Một văn bản dài nói về việc khác.</p>")
    run_wire()
    assert guids(client, "/search/feed.xml?q=thu+hoach+vu+lua") == [f"http://testserver/r/{entry.public_id}"]


@pytest.mark.parametrize(
    ("narrowed", "count"), [("section=kinh-te", 1), ("section=khac", 0), ("organization=khac", 0), ("year=1999", 0)]
)
def test_the_feed_of_a_narrowed_search_is_as_narrow(
    client: Client, put_out: Callable[..., Entry], run_wire: Callable[[], object], narrowed: str, count: int
) -> None:
    put_out()
    run_wire()
    assert len(guids(client, f"/search/feed.xml?q=thu+hoach&{narrowed}")) == count


@pytest.mark.parametrize("path", ["/s/khong-co/feed.xml", "/o/khong-co/feed.atom"])
def test_the_feed_of_nothing_is_a_404(client: Client, portal: object, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_enclosure_says_how_large_its_picture_is(client: Client, put_out: Callable[..., Entry]) -> None:
    put_out(
        pictures=[{"url": "/media/a.webp", "width": 640, "height": 480, "bytes": 2048, "alt": "Lúa", "credit": "SM"}]
    )
    enclosure = next(ET.fromstring(client.get("/feed.xml").content).iter("enclosure"))
    assert (enclosure.get("url"), enclosure.get("length")) == ("http://testserver/media/a.webp", "2048")


def sitemap(client: Client) -> dict[str, str]:
    """The addresses of the sitemap with their last change, "" where it tells none."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ET.fromstring(client.get("/sitemap.xml").content).iter(f"{space}url")
    return {url.findtext(f"{space}loc", ""): url.findtext(f"{space}lastmod", "") for url in urls}


def test_the_sitemap_has_sections_newsrooms_and_pages(
    client: Client, portal: Portal, put_out: Callable[..., Entry], newcomer: Organization
) -> None:
    entry = put_out()
    for language in ("vi", "en"):
        StaticPage.objects.create(portal=portal, slug="terms", language=language, title="Terms")
    found = sitemap(client)
    for path in ("/", "/latest", "/o/", "/s/kinh-te", f"/o/{entry.organization.slug}", "/terms", "/en/terms"):
        assert f"http://testserver{path}" in found, path
        assert client.get(path).status_code == 200, path
    assert f"http://testserver/o/{newcomer.slug}" not in found  # nobody let that name out yet


def test_what_was_brought_in_is_as_old_as_it_says(client: Client, an: Person, write: Write) -> None:
    at = datetime(2019, 5, 1, 3, tzinfo=UTC)
    entry = publish(SYSTEM, submit(an, write()), published_at=at)
    there = f"http://testserver{address(entry)}"
    assert sitemap(client)[there] == "2019-05-01T03:00:00+00:00"
    assert '"dateModified": "2019-05-01T10:00:00+07:00"' in client.get(address(entry)).text
    items = json.loads(client.get("/feed.json").content)["items"]
    assert items[0]["date_modified"] == items[0]["date_published"]
    release = release_of(entry)
    correct(SYSTEM, release, fields={"lead": "Mới."}, reason="Sai.", expected_revision=release.revision)
    assert sitemap(client)[there] > "2026"


def test_an_unchanged_feed_is_not_sent_again(client: Client, put_out: Callable[..., Entry]) -> None:
    put_out()
    etag = client.get("/feed.xml").headers["ETag"]
    assert client.get("/feed.xml", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("form", ["xml", "atom", "json"])
def test_words_no_feed_can_hold_break_none(
    client: Client, put_out: Callable[..., Entry], run_wire: Callable[[], int], form: str
) -> None:
    put_out(headline="Sao Mai\x01 thu hoạch", lead="Vụ\ufffe lúa")
    run_wire()
    for path in (f"/feed.{form}", f"/search/feed.{form}?q=Sao%01%00%EF%BF%BE"):
        answer = client.get(path)
        assert answer.status_code == 200
        if form != "json":
            ET.fromstring(answer.content)
