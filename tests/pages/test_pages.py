"""The public pages as a stranger reads them."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.archive import queries as archive
from loa.archive.actions.shelve import Text, add_translation
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry
from loa.edge.kept import kept
from loa.places.models import Place
from loa.portals.models import Portal

PutOut = Callable[..., Entry]
PATHS = ("/", "/en/", "/latest", "/en/latest", "/o/", "/s/kinh-te", "/archive/2026", "/archive/2026/11/24")
FEEDS = (
    "/feed.xml",
    "/feed.atom",
    "/feed.json",
    "/s/kinh-te/feed.xml",
    "/sitemap.xml",
    "/news-sitemap.xml",
)


@pytest.mark.parametrize("path", [*PATHS, *FEEDS, "/search?q=lua", "/search?q="])
def test_everyone_reads_it_without_a_cookie(client: Client, put_out: PutOut, path: str) -> None:
    put_out()
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')


@pytest.mark.parametrize("path", [*PATHS, "/search?q=lua", "/events", "/t/", "/p/"])
def test_a_page_asks_for_one_stylesheet(client: Client, put_out: PutOut, path: str) -> None:
    put_out()
    assert len(STYLE.findall(client.get(path).text)) == 1


def test_a_release_and_a_newsroom_ask_for_the_same_one(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    release = STYLE.findall(client.get(archive.address(entry)).text)
    newsroom = STYLE.findall(client.get(f"/o/{entry.organization.slug}").text)
    assert newsroom == release[:1] == STYLE.findall(client.get("/").text)
    assert [one for one in release if 'media="print"' not in one] == newsroom  # that of paper keeps nobody waiting


def test_a_release_shows_its_sender_and_text(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    page = client.get(archive.address(entry)).content.decode()
    assert "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên" in page
    assert "Hợp tác xã Sao Mai" in page
    assert '"genre": "press release"' in page


def test_a_cold_release_asks_at_most_six_times(
    client: Client, put_out: PutOut, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = archive.address(put_out())
    with django_assert_max_num_queries(6):
        client.get(path)


def test_a_home_asks_at_most_six_times_after_a_publication(
    client: Client,
    put_out: PutOut,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(kept, "is_on", True)
    put_out()
    client.get("/")
    put_out()
    kept.forget()
    with django_assert_max_num_queries(6):
        client.get("/")


def test_a_wrong_slug_leads_to_the_right_one(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    answer = client.get(f"/r/{entry.public_id}/sai")
    assert (answer.status_code, answer["Location"]) == (301, archive.address(entry))


def test_a_newsroom_names_its_organization(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert "Hợp tác xã Sao Mai" in client.get(f"/o/{entry.organization.slug}").content.decode()


def test_a_withdrawn_release_leaves_a_tombstone(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    path = archive.address(entry)
    withdraw(entry, statement="Thông tin sai.")
    answer = client.get(path)
    assert answer.status_code == 410
    assert "Thông tin sai." in answer.content.decode()
    assert "Sao Mai thu hoạch" not in client.get("/feed.xml").content.decode()


def test_what_is_not_there_is_404(client: Client, portal: Portal) -> None:
    for path in ("/r/khong-co", "/o/khong-co", "/s/khong-co", "/p/9/x", "/archive/2026/13", "/archive/9999"):
        assert client.get(path).status_code == 404


def test_an_unchanged_page_answers_304(client: Client, put_out: PutOut) -> None:
    path = archive.address(put_out())
    assert client.get(path, headers={"If-None-Match": client.get(path)["ETag"]}).status_code in (200, 304)


def test_the_404_page_is_in_the_house_style(client: Client, portal: Portal) -> None:
    assert "Không có trang này" in client.get("/khong-co").content.decode()


@pytest.mark.parametrize("slug", ["about", "contact", "terms", "privacy", "pricing"])
def test_a_page_of_the_operator_is_shown(client: Client, portal: Portal, slug: str) -> None:
    portal.pages.create(slug=slug, language="vi", title="Một trang", body_html="<p>Lời của cổng.</p>")
    assert "Lời của cổng." in client.get(f"/{slug}").content.decode()


def test_the_ticker_is_written_for_machines_too(client: Client, portal: Portal) -> None:
    assert re.search(r'data-births="\d+\.\d+"', client.get("/").content.decode())


@pytest.mark.parametrize(("language", "front"), [("vi", "/en/"), ("en", "/")])
def test_a_release_leads_to_the_front_page_in_the_other_language(
    client: Client, put_out: PutOut, language: str, front: str
) -> None:
    page = client.get(archive.address(put_out(language=language))).text
    assert re.search(rf'<a href="{front}" hreflang', page)
    assert client.get(front).status_code == 200


def test_a_day_without_a_clock_time_is_shared_without_one(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert re.search(r'published_time" content="\d{4}-\d\d-\d\dT', client.get(archive.address(entry)).text)
    Entry.objects.update(is_day_only=True)
    assert re.search(r'published_time" content="\d{4}-\d\d-\d\d"', client.get(archive.address(entry)).text)


def alternates(page: str) -> dict[str, str]:
    """The addresses a page names for other languages."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))


@pytest.mark.parametrize("path", ["/", "/latest", "/s/kinh-te", "/o/hop-tac-xa-sao-mai", "/o/"])
def test_a_page_and_its_other_languages_name_each_other(client: Client, put_out: PutOut, path: str) -> None:
    put_out()
    named = alternates(client.get(path).text)
    assert {code: named[code] for code in ("vi", "en", "x-default")} == {
        "vi": f"http://testserver{path}", "en": f"http://testserver/en{path}", "x-default": f"http://testserver{path}"
    }  # fmt: skip
    assert alternates(client.get(f"/en{path}").text) == named


def test_a_text_and_its_translation_name_each_other(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    english = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")
    version = add_translation(entry, text=english, translates=entry.current)
    original = f"http://testserver{archive.address(entry)}"
    named = {"vi": original, "en": f"http://testserver{archive.address(entry, version)}", "x-default": original}
    assert alternates(client.get(archive.address(entry)).text) == named
    assert alternates(client.get(archive.address(entry, version)).text) == named


def test_a_release_leads_to_its_place(client: Client, put_out: PutOut, place: Place) -> None:
    entry = put_out(place=place)
    page = client.get(f"/r/{entry.public_id}/{entry.current.slug}").content.decode()
    assert f'<a href="/p/{place.pk}/{place.slug}">{place.name}</a>' in page
