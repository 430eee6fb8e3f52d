"""The desk shows the code that puts releases into an organization's own site."""

import re
from collections.abc import Callable
from html import unescape

from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.organizations.models import Organization
from loa.releases.models import Release


def codes(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<textarea[^>]*data-embed>(.*?)</textarea>", page, re.DOTALL)]


def test_an_organization_finds_its_frame_in_every_language(desk: Client, organization: Organization) -> None:
    organization.name_en = 'Sao Mai "Co-op"'
    organization.save()
    page = desk.get(f"/desk/o/{organization.slug}/embed")
    assert page.status_code == 200
    vietnamese, english = codes(page.text)[:2]
    assert f'src="http://testserver/o/{organization.slug}/embed"' in vietnamese
    assert f'src="http://testserver/en/o/{organization.slug}/embed"' in english
    assert "Sao Mai &quot;Co-op&quot;" in english
    assert desk.get(f"/o/{organization.slug}/embed").status_code == 200
    assert f"/desk/o/{organization.slug}/embed" in desk.get(f"/desk/o/{organization.slug}").text


def test_a_published_release_shows_its_own(desk: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    release = Release.objects.get(entry=entry)
    headline = entry.current.headline if entry.current else ""
    (code,) = codes(desk.get(f"/desk/releases/{release.public_id}").text)
    assert f'src="http://testserver/r/{entry.public_id}/embed"' in code and f'title="{headline}"' in code


def test_a_newcomer_is_told_when_and_a_stranger_finds_nothing(
    desk: Client, client: Client, newcomer: Organization, stranger: Person
) -> None:
    page = desk.get(f"/desk/o/{newcomer.slug}/embed").text
    assert "đã được duyệt" in page and not codes(page)
    client.force_login(stranger)
    assert client.get(f"/desk/o/{newcomer.slug}/embed").status_code == 404
