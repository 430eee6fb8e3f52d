"""The preview is the reader's page, under a bar; for whoever may edit, and kept by nobody."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.portals.models import AboutBlock, Portal
from loa.releases.actions.submit import submit
from loa.releases.models import Release
from tests.conftest import Write

BAR = "Bản xem trước – chưa đăng"


@pytest.fixture
def draft(write: Write) -> Release:
    return write()


def path(release: Release) -> str:
    return f"/desk/releases/{release.public_id}/preview"


def styles(page: str) -> set[str]:
    return set(re.findall(r'<link rel="stylesheet" href="([^"]+)"', page))


def test_it_is_the_page_that_readers_get(desk: Client, draft: Release, put_out: Callable[..., Entry]) -> None:
    public = Client().get(archive.address(put_out())).text
    page = desk.get(path(draft)).text
    assert BAR in page
    assert BAR not in public
    assert styles(public) <= styles(page)
    for piece in (
        'class="masthead"',
        'class="breadcrumb"',
        'class="sender"',
        'class="newsletter-box',
        'class="footer"',
    ):
        assert piece in page, piece
        assert piece in public, piece
    assert "desk-masthead" not in page
    article = re.compile(r'<article class="sheet">.*?</article>', re.DOTALL)
    kinds = re.compile(r'class="([^"]+)"')
    assert [kinds.findall(found[0]) for found in article.finditer(page)] == [
        kinds.findall(found[0]) for found in article.finditer(public)
    ]


def test_it_has_what_would_stand_under_it(
    desk: Client, draft: Release, put_out: Callable[..., Entry], portal: Portal
) -> None:
    AboutBlock.objects.create(
        portal=portal, language="vi", title="Về cổng", body_html="<p>x</p>", person="Lan", office="A"
    )
    entry = put_out(headline="Bài đã đăng của hợp tác xã")
    page = desk.get(path(draft)).text
    assert "Bài đã đăng của hợp tác xã" in page
    assert archive.address(entry) in page
    assert "Về cổng" in page


def test_nobody_keeps_it_and_no_engine_finds_it(desk: Client, draft: Release) -> None:
    answer = desk.get(path(draft))
    assert {part.strip() for part in answer["Cache-Control"].split(",")} == {"private", "no-store"}
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in answer.text
    for public in ('rel="canonical"', "og:title", "application/ld+json"):
        assert public not in answer.text


def test_nothing_on_it_leads_to_an_address_that_is_not_there(desk: Client, draft: Release) -> None:
    page = desk.get(path(draft)).text
    assert "/report/" not in page
    assert "/r/" not in page
    assert 'href=""' not in page
    assert 'src=""' not in page


def test_the_bar_says_what_is_missing_and_leads_on(desk: Client, draft: Release) -> None:
    Release.objects.filter(pk=draft.pk).update(section=None, headline="", contact="")
    page = desk.get(path(draft)).text
    assert "Còn thiếu" in page
    assert "Chưa có tiêu đề" in page
    assert f"/desk/releases/{draft.public_id}/submit" in page
    assert 'href="/s/"' not in page
    assert "things are missing" in desk.get(f"/en{path(draft)}").text


def test_what_waits_is_shown_without_a_way_to_change_it(desk: Client, draft: Release, an: Person) -> None:
    submit(an, draft)
    page = desk.get(path(draft)).text
    assert BAR in page
    assert f"/desk/releases/{draft.public_id}/submit" not in page


def test_what_is_published_has_a_page_of_its_own(desk: Client, put_out: Callable[..., Entry]) -> None:
    put_out()
    release = Release.objects.get()
    assert desk.get(path(release))["Location"] == f"/desk/releases/{release.public_id}"


def test_others_find_nothing(client: Client, draft: Release, stranger: Person) -> None:
    client.force_login(stranger)
    assert client.get(path(draft)).status_code == 404


def test_the_moderator_reads_the_same_page(client: Client, draft: Release, an: Person, moderator: Person) -> None:
    door = f"/moderation/{draft.public_id}/preview"
    submit(an, draft)
    client.force_login(an)
    assert client.get(door).status_code == 404
    client.force_login(moderator)
    answer = client.get(door)
    assert BAR in answer.text
    assert 'class="breadcrumb"' in answer.text
    assert f'href="/moderation/{draft.public_id}"' in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert door in client.get(f"/moderation/{draft.public_id}").text
