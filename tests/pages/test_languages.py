"""A release in its languages: each at its own address, all naming each other, lists in the language of the page."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.archive import queries as archive
from loa.archive.actions.shelve import Text, add_translation, add_version
from loa.archive.models import Entry, Notice, Version
from loa.organizations.models import Organization

PutOut = Callable[..., Entry]
TEXTS = {
    "en": ("New rice", "Five tonnes."),
    "ja": ("新しい米", "五トン。"),
    "ar": ("أرز جديد", "خمسة أطنان."),
}


@pytest.fixture
def entry(put_out: PutOut) -> Entry:
    """One entry in four languages."""
    made = put_out()
    assert made.current is not None
    for code, (headline, words) in TEXTS.items():
        text = Text(language=code, headline=headline, lead=words, body_html=f"<p>{words}</p>", body_text=words)
        add_translation(made, text=text, translates=made.current)
    return made


def paths(entry: Entry) -> dict[str, str]:
    return {code: archive.address(entry, text) for code, text in archive.texts(entry).items()}


def head(page: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page))


def test_every_text_names_all_of_them_and_which_is_the_original(client: Client, entry: Entry) -> None:
    found = [head(client.get(path).text) for path in paths(entry).values()]
    assert all(one == found[0] for one in found)
    assert set(found[0]) == {"vi", "en", "ja", "ar", "x-default"}
    assert found[0]["x-default"] == found[0]["vi"]


def test_a_text_says_its_language_in_the_answer_and_the_page_says_its_own(client: Client, entry: Entry) -> None:
    answer = client.get(paths(entry)["ja"])
    assert answer["Content-Language"] == "ja"
    assert '<html lang="en">' in answer.text
    assert '<h1 class="sheet__headline" lang="ja">' in answer.text
    assert "Translated from Vietnamese." in answer.text


def test_right_to_left_stands_on_the_text_alone(client: Client, entry: Entry) -> None:
    page = client.get(paths(entry)["ar"]).text
    assert '<html lang="en">' in page
    assert 'class="prose" lang="ar" dir="rtl"' in page
    assert 'href="/en/"' in page


def test_a_reader_changes_the_language_in_the_text(client: Client, entry: Entry) -> None:
    page = client.get(paths(entry)["vi"]).text
    for code in TEXTS:
        assert f'<a href="{paths(entry)[code]}" rel="alternate" hreflang="{code}"' in page
    assert "Bản dịch, dịch từ" not in page


def test_a_correction_is_told_in_its_own_language_only(client: Client, entry: Entry) -> None:
    text = Text(language="vi", headline="Lúa", body_html="<p>Sáu tấn.</p>", body_text="Sáu tấn.")
    add_version(entry, text=text, kind=Notice.Kind.CORRECTED, reason="Sai số liệu")
    number = Version.objects.latest("pk").number
    assert "Sai số liệu" in client.get(paths(entry)["vi"], follow=True).text
    page = client.get(paths(entry)["en"]).text
    assert "Sai số liệu" not in page
    assert f"A translation of version 1; the original is now version {number}." in page


@pytest.mark.parametrize("path", ["/en/", "/en/latest", "/en/s/kinh-te"])
def test_english_lists_show_english_texts_and_mark_the_rest(
    client: Client, entry: Entry, put_out: PutOut, path: str
) -> None:
    put_out(headline="Tin chưa dịch", kind="news")
    page = client.get(path).text
    assert "New rice" in page
    assert 'lang="vi"' in page
    assert "Tin chưa dịch" in page
    assert entry.current is not None
    assert entry.current.headline not in page


def test_english_feeds_show_english_texts(client: Client, entry: Entry) -> None:
    feed = client.get("/en/feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["New rice"]


@pytest.mark.parametrize("path", ["/ja/", "/ja/latest", "/ar/feed.xml", "/ja/search", "/ja/r/", "/ja"])
def test_a_language_of_texts_only_has_no_other_pages(client: Client, entry: Entry, path: str) -> None:
    assert client.get(path).status_code == 404


def test_four_languages_cost_no_more_questions(
    client: Client, entry: Entry, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path in [*paths(entry).values(), "/en/latest"]:
        cache.clear()
        with django_assert_max_num_queries(6):
            assert client.get(path).status_code == 200


def test_english_pages_and_texts_call_a_sender_by_its_english_name(client: Client, entry: Entry) -> None:
    Organization.objects.update(name_en="Sao Mai Cooperative")
    cache.clear()
    name = entry.organization.name
    for path in ("/en/", "/en/latest", "/en/s/kinh-te", "/en/feed.xml", "/en/feed.json", f"{paths(entry)['en']}.md"):
        answer = client.get(path).text
        assert "Sao Mai Cooperative" in answer, path
        assert name not in answer, path
    for path in ("/", "/latest", "/feed.xml", f"{paths(entry)['vi']}.md"):
        answer = client.get(path).text
        assert name in answer, path
        assert "Sao Mai Cooperative" not in answer, path
    assert "Sao Mai Cooperative" in client.get(paths(entry)["ja"]).text


def test_what_stands_around_an_english_newsroom_calls_it_by_its_english_name(client: Client, entry: Entry) -> None:
    Organization.objects.update(name_en="Sao Mai Cooperative")
    newsroom, name = f"/en/o/{entry.organization.slug}", entry.organization.name
    assert name not in client.get(f"{newsroom}/media").text
    assert client.get(f"{newsroom}/feed.json").json()["title"].endswith("Sao Mai Cooperative")
    for path in (newsroom, paths(entry)["en"]):
        said = client.get("/oembed", {"url": f"http://testserver{path}"}).json()
        assert said["author_name"] == "Sao Mai Cooperative", path
        assert name not in said["title"], path
