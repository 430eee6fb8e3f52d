"""The sitemaps keep to their schemas, and name every page once in each of its languages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.models import Entry
from loa.archive.queries import address, texts
from loa.feeds.queries import sitemaps
from loa.lib import clock
from loa.pages.actions.keep_figures import Figures
from loa.places.models import Place
from loa.portals.models import Portal, StaticPage
from loa.topics.models import Topic

PutOut = Callable[..., Entry]
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "sitemaps.xsd"))
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "h": "http://www.w3.org/1999/xhtml",
}
ENGLISH = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")


def read(client: Client, path: str) -> etree._Element:
    """The document, which must keep to its schema."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    root = etree.fromstring(answer.content)
    SCHEMA.assertValid(root)
    return root


def locs(root: etree._Element) -> list[str]:
    return [str(loc.text) for loc in root.iterfind("*/s:loc", NAMES)]


def translated(entry: Entry) -> Entry:
    assert entry.current is not None
    add_translation(entry, text=ENGLISH, translates=entry.current)
    return entry


def test_each_language_is_an_address_that_names_the_others(client: Client, put_out: PutOut) -> None:
    entry = translated(put_out())
    root = read(client, "/sitemap.xml")
    there = {code: f"http://testserver{address(entry, text)}" for code, text in texts(entry).items()}
    for path in there.values():
        url = next(url for url in root if url.findtext("s:loc", namespaces=NAMES) == path)
        links = {link.get("hreflang"): link.get("href") for link in url.iterfind("h:link", NAMES)}
        assert links == {**there, "x-default": there["vi"]}
    assert len(locs(root)) == len(set(locs(root)))


def test_lists_are_there_in_both_languages_and_all_answer(client: Client, put_out: PutOut, place: Place) -> None:
    entry = put_out(place=place)
    entry.topics.add(Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế"}))
    found = locs(read(client, "/sitemap.xml"))
    for path in ("/", "/latest", "/o/", "/s/kinh-te", f"/p/{place.pk}/dong-thap", "/t/medtop:04000000/kinh-te"):
        for prefix in ("", "/en"):
            assert f"http://testserver{prefix}{path}" in found
            assert client.get(prefix + path).status_code == 200, prefix + path


def test_a_page_of_the_operator_is_first_the_portals_own(client: Client, portal: Portal) -> None:
    for language in ("en", "vi"):
        StaticPage.objects.create(portal=portal, slug="terms", language=language, title="Terms")
    root = read(client, "/sitemap.xml")
    url = next(url for url in root if url.findtext("s:loc", namespaces=NAMES) == "http://testserver/en/terms")
    links = {link.get("hreflang"): link.get("href") for link in url.iterfind("h:link", NAMES)}
    assert links["x-default"] == links["vi"] == "http://testserver/terms"


def test_pictures_are_named(client: Client, put_out_whole: PutOut) -> None:
    put_out_whole()
    root = read(client, "/sitemap.xml")
    assert [loc.text for loc in root.iterfind("s:url/i:image/i:loc", NAMES)] == [
        "http://testserver/media/lua.webp",
        "http://testserver/media/gat.webp",
    ]


def test_a_large_portal_has_an_index_of_months(
    client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [translated(put_out(headline=f"Bài {number}")) for number in range(5)]
    for entry, month in zip(entries, (12, 12, 12, 1, 2), strict=True):
        at = datetime(2019 if month == 12 else 2020, month, 1, tzinfo=UTC)
        Entry.objects.filter(pk=entry.pk).update(published_at=at)
    monkeypatch.setattr("loa.feeds.views.sitemaps.MOST_IN_ONE", 10)
    monkeypatch.setattr("loa.feeds.views.sitemaps.PART", 2)
    cache.clear()
    parts = [loc.removeprefix("http://testserver") for loc in locs(read(client, "/sitemap.xml"))]
    assert [part for part in parts if "lists" not in part] == [
        "/sitemap-2020-02-1.xml", "/sitemap-2020-01-1.xml", "/sitemap-2019-12-1.xml", "/sitemap-2019-12-2.xml"
    ]  # fmt: skip
    found = [loc for part in parts for loc in locs(read(client, part))]
    assert len(found) == len(set(found))
    for entry in entries:
        for text in texts(entry).values():
            assert f"http://testserver{address(entry, text)}" in found
    monkeypatch.undo()
    assert sorted(found) == sorted(locs(read(client, "/sitemap.xml")))


def test_the_worker_counts_the_index_ahead(
    client: Client, put_out: PutOut, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.feeds.views.sitemaps.MOST_IN_ONE", 0)
    cache.clear()
    put_out()
    figures = Figures(also=[(sitemaps.OUTLINE_KEY, sitemaps.outline)])
    figures.keep()
    monkeypatch.delattr(sitemaps, "outline")
    assert len(locs(read(client, "/sitemap.xml"))) == 2


@pytest.mark.parametrize(
    "part", ["2019-13-1", "2019-12-1", "0-1-1", "99999-1-1", "2026-11-0", "2026-11-99999999999999999999", "lists-9"]
)
def test_a_part_of_nothing_is_a_404(client: Client, portal: object, part: str) -> None:
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_news_is_two_days_old_at_most(client: Client, put_out: PutOut) -> None:
    new, old = translated(put_out()), put_out(headline="Chuyện cũ")
    put_out(kind="life", headline="Chuyện trong nhà")
    Entry.objects.filter(pk=old.pk).update(published_at=clock.now() - timedelta(days=2, minutes=1))
    root = read(client, "/news-sitemap.xml")
    assert locs(root) == [f"http://testserver{address(new, text)}" for text in texts(new).values()]
    languages = root.iterfind("s:url/n:news/n:publication/n:language", NAMES)
    assert [language.text for language in languages] == ["vi", "en"]


@pytest.mark.parametrize(("language", "named"), [("zh-Hans", "zh-cn"), ("ja", "ja"), ("ar", "ar")])
def test_news_may_be_in_any_language(client: Client, put_out: PutOut, language: str, named: str) -> None:
    entry = put_out(language=language)
    root = read(client, "/news-sitemap.xml")
    assert root.findtext("s:url/n:news/n:publication/n:language", namespaces=NAMES) == named
    assert f"http://testserver{address(entry)}" in locs(read(client, "/sitemap.xml"))


def test_a_day_without_a_time_is_a_day_in_the_news(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    Entry.objects.filter(pk=entry.pk).update(is_day_only=True)
    date = read(client, "/news-sitemap.xml").findtext("s:url/n:news/n:publication_date", namespaces=NAMES)
    assert len(date or "") == 10


def dates(root: etree._Element) -> Iterator[str]:
    return (str(one.text) for one in root.iterfind("s:url/s:lastmod", NAMES))


def test_awkward_words_keep_to_the_schema(client: Client, put_out: PutOut) -> None:
    put_out(headline='A & B <b> "C" ]]> \x01')
    read(client, "/news-sitemap.xml")
    assert list(dates(read(client, "/sitemap.xml")))
