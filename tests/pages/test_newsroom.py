"""The public page of an organization."""

from collections.abc import Callable

from django.test import Client

from loa.archive.models import Entry
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.topics.models import Section


def test_a_name_nobody_looked_at_has_no_public_page(client: Client, newcomer: Organization) -> None:
    for path in (f"/o/{newcomer.slug}", f"/o/{newcomer.slug}/feed.xml"):
        assert client.get(path).status_code == 404


def test_a_suspended_one_keeps_its_page_with_a_line(client: Client, organization: Organization) -> None:
    organization.suspended_at = organization.approved_at
    organization.save()
    page = client.get(f"/o/{organization.slug}")
    assert page.status_code == 200
    assert "tạm ngưng" in page.text


def test_stories_of_a_house_stand_on_its_page_and_in_no_list(
    client: Client, put_out: Callable[..., Entry], place: Place, section: Section
) -> None:
    story = put_out(kind="life", headline="Nồi cháo của ca đêm", place=place)
    put_out(headline="Một tin khác")
    newsroom = client.get(f"/o/{story.organization.slug}").text
    assert "Đời sống" in newsroom and "Nồi cháo của ca đêm" in newsroom
    day = f"/archive/{story.published_at.year}"
    lists = ["/", "/latest", f"/s/{section.slug}", f"/p/{place.pk}/{place.slug}", day, "/news-sitemap.xml"]
    feeds = [
        "/feed.xml",
        "/feed.atom",
        "/feed.json",
        f"/s/{section.slug}/feed.xml",
        f"/p/{place.pk}/{place.slug}/feed.xml",
    ]
    for path in [*lists, *feeds]:
        assert "Nồi cháo" not in client.get(path).text, path
    for path in [f"/o/{story.organization.slug}/feed.xml", "/sitemap.xml"]:
        assert story.public_id in client.get(path).text
