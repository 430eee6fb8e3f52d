"""Feeds as the world's feed reader reads them: whole texts, pictures with credit, changes, and what was withdrawn."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.actions.correct import correct
from loa.releases.actions.withdraw import withdraw
from loa.releases.queries import of_entry
from loa.topics.models import Topic

PutOut = Callable[..., Entry]
BODY = (
    '<p>Một đoạn dài về <strong>lúa</strong> &amp; gạo, đủ để gửi đi.</p><p><a href="/o/sao-mai" '
    'rel="nofollow noopener">Sao Mai</a> viết href="/x" trong bài.</p>'
)
AWKWARD = 'A & B <b>"C"</b> ]]> \x01\ufffe Đ\u0309'
AT = "{http://purl.org/atompub/tombstones/1.0}"


def read(client: Client, path: str) -> Any:
    """The feed, which must be without a fault."""
    answer = client.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def release_of(entry: Entry) -> Any:
    return of_entry(entry.pk)


@pytest.mark.parametrize("form", ["xml", "atom"])
@pytest.mark.parametrize("changes", [{}, {"headline": AWKWARD, "lead": AWKWARD, "contact": AWKWARD}])
def test_a_reader_finds_no_fault(client: Client, put_out_whole: PutOut, form: str, changes: dict[str, str]) -> None:
    put_out_whole(body_html=BODY, **changes)
    feed = read(client, f"/feed.{form}")
    assert len(feed.entries) == 1
    assert feed.feed.language == "vi"


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_the_whole_text_is_there_and_its_links_lead_home(client: Client, put_out_whole: PutOut, form: str) -> None:
    said = [{"id": "q", "text": "Mùa này được.", "name": "Lê Thị Hoa", "role": "Giám đốc"}]
    put_out_whole(body_html=BODY, quotes=said)
    content = read(client, f"/feed.{form}").entries[0].content[0].value
    assert content.count("Mùa này được.") == 1
    assert "<strong>lúa</strong> &amp; gạo" in content
    assert 'href="http://testserver/o/sao-mai"' in content
    assert 'viết href="/x" trong bài' in content
    assert "Nguyễn Thị Lan" in content
    assert "Creative Commons" in content


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_pictures_come_with_credit_and_licence(client: Client, put_out_whole: PutOut, form: str) -> None:
    put_out_whole()
    media = "{http://search.yahoo.com/mrss/}"
    found = list(ET.fromstring(client.get(f"/feed.{form}").content).iter(f"{media}content"))
    assert [(one.get("medium"), one.get("url")) for one in found] == [
        ("image", "http://testserver/media/lua.webp"),
        ("image", "http://testserver/media/gat.webp"),
        ("video", "http://testserver/media/gat.mp4"),
        ("video", None),
        ("document", "http://testserver/media/bang.pdf"),
    ]
    assert [one.findtext(f"{media}credit") for one in found][:2] == ["Lan Anh", "Minh"]
    assert found[0].findtext(f"{media}title") == "Lúa chín <vàng> & thơm"
    assert found[0].findtext(f"{media}description") == "Cánh đồng lúa"
    assert {one.find(f"{media}license").get("href") for one in found} == {  # type: ignore[union-attr]
        "https://creativecommons.org/licenses/by/4.0/"
    }
    player = found[3].find(f"{media}player")
    assert player is not None
    assert player.get("url") == "https://www.youtube.com/watch?v=abcdefghijk"


def test_pictures_are_shown_in_a_width_that_fits_and_kept_whole(client: Client, put_out: PutOut) -> None:
    stem = "/media/" + "a" * 26
    picture = {"url": f"{stem}.webp", "width": 4000, "height": 3000, "bytes": 9_000_000, "alt": "Lúa", "credit": "SM"}
    body = (
        f'<p>Một đoạn dài đủ để gửi đi, kèm theo một tấm ảnh ở giữa.</p><figure><img src="{stem}.webp" alt=""></figure>'
    )
    put_out(pictures=[picture], body_html=body)
    entry = read(client, "/feed.xml").entries[0]
    assert entry.content[0].value.count(f'src="http://testserver{stem}-1440.jpg"') == 2
    assert entry.media_content[0]["url"] == f"http://testserver{stem}.webp"
    assert entry.media_thumbnail[0]["url"] == f"http://testserver{stem}-640.jpg"


def test_a_picture_within_the_text_is_shown_once_and_says_whose_it_is(client: Client, put_out: PutOut) -> None:
    stems = ["/media/" + letter * 26 for letter in "abc"]
    pictures = [
        {"url": f"{stem}.webp", "alt": "Lúa", "credit": f"Người {number}", "is_ai": True}
        for number, stem in enumerate(stems)
    ]
    within = f'<figure><img src="{stems[1]}.webp" alt="Lúa"></figure>'
    put_out(pictures=pictures, body_html=f"<p>Một đoạn dài đủ để gửi đi, kèm theo một tấm ảnh ở giữa.</p>{within}")
    content = read(client, "/feed.xml").entries[0].content[0].value
    assert [content.count(f"{stem}-1440.jpg") for stem in stems] == [1, 1, 1]
    assert [content.count(f"Nguồn ảnh: Người {number}") for number in range(3)] == [1, 1, 1]
    assert content.count("Ảnh tạo bằng AI") == 3


def test_an_event_says_when_and_where(client: Client, put_out: PutOut) -> None:
    facts = {"starts_at": "2026-12-05T08:00:00+07:00", "venues": [{"name": "Nhà hát", "place": "Hà Nội"}]}
    put_out(kind="event", facts={**facts, "registration_url": "https://saomai.example/dang-ky"})
    content = read(client, "/feed.xml").entries[0].content[0].value
    assert "08:00, Thứ Bảy, 5 tháng 12, 2026, giờ Việt Nam (GMT+7)" in content
    assert "Nhà hát, Hà Nội" in content
    assert '<a href="https://saomai.example/dang-ky">' in content


def test_json_feed_has_the_same(client: Client, put_out_whole: PutOut) -> None:
    entry = put_out_whole(body_html=BODY)
    item = json.loads(client.get("/feed.json").content)["items"][0]
    assert item["url"] == f"http://testserver{address(entry)}"
    assert item["image"] == "http://testserver/media/lua.webp"
    assert [one["mime_type"] for one in item["attachments"]] == [
        "image/webp", "image/webp", "video/mp4", "text/html", "application/pdf"
    ]  # fmt: skip
    assert item["_loa"]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert item["_loa"]["pictures"][0]["credit"] == "Lan Anh"
    assert "<strong>lúa</strong>" in item["content_html"]


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_an_item_says_what_it_is(client: Client, put_out: PutOut, form: str) -> None:
    entry = put_out(
        kind="event", facts={"starts_at": "2026-12-01T08:00:00+07:00", "stream_url": "https://saomai.example/live"}
    )
    entry.topics.add(Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế", "en": "Economy"}))
    tags = {(tag.scheme, tag.label or tag.term) for tag in read(client, f"/feed.{form}").entries[0].tags}
    assert ("http://cv.iptc.org/newscodes/genre/", "Press Release") in tags
    assert ("urn:loa:kind", "event") in tags
    assert ("http://cv.iptc.org/newscodes/mediatopic/", "Kinh tế") in tags


def test_what_the_staff_tell_is_no_press_release(client: Client, put_out: PutOut) -> None:
    story = put_out(kind="life")
    feed = client.get(f"/o/{story.organization.slug}/feed.xml").text
    assert story.public_id in feed
    assert "Press Release" not in feed


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_a_correction_is_an_update_and_not_a_title(client: Client, put_out: PutOut, form: str) -> None:
    entry = put_out()
    first = read(client, f"/feed.{form}").entries[0]
    release = release_of(entry)
    correct(SYSTEM, release, fields={"lead": "Sáu tấn."}, reason="Sai con số.", expected_revision=release.revision)
    second = read(client, f"/feed.{form}").entries[0]
    assert (second.id, second.title, second.published) == (first.id, first.title, first.published)
    assert second.updated > first.updated
    assert "Sai con số." in second.content[0].value


def test_a_withdrawn_entry_is_a_tombstone_in_atom(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    withdraw(SYSTEM, release_of(entry), statement="Số liệu sai <hết> & sai.")
    answer = client.get("/feed.atom")
    gone = ET.fromstring(answer.content).find(f"{AT}deleted-entry")
    assert gone is not None
    assert gone.get("ref") == f"http://testserver/r/{entry.public_id}"
    assert gone.findtext(f"{AT}comment") == "Số liệu sai <hết> & sai."
    assert read(client, "/feed.atom").entries == []


@pytest.mark.parametrize("under", ["", "/s/kinh-te", "/o/hop-tac-xa-sao-mai"])
def test_a_withdrawn_entry_says_so_without_a_word_of_its_text(client: Client, put_out: PutOut, under: str) -> None:
    entry = put_out()
    withdraw(SYSTEM, release_of(entry), statement="Số liệu sai.")
    item = read(client, f"{under}/feed.xml").entries[0]
    assert (item.title, item.description) == ("Đã rút", "Số liệu sai.")
    assert item.id == f"http://testserver/r/{entry.public_id}"
    one = json.loads(client.get(f"{under}/feed.json").content)["items"][0]
    assert (one["title"], one["_loa"]) == ("Đã rút", {"is_withdrawn": True})
    for form in ("xml", "atom", "json"):
        text = client.get(f"{under}/feed.{form}").text
        assert "thu hoạch" not in text
        assert "thu-hoach" not in text


@pytest.mark.parametrize("form", ["xml", "atom", "json"])
def test_a_tombstone_stands_for_thirty_days(client: Client, put_out: PutOut, form: str) -> None:
    entry = put_out()
    withdraw(SYSTEM, release_of(entry), statement="Sai.")
    Entry.objects.filter(pk=entry.pk).update(changed_at=clock.now() - timedelta(days=31))
    assert entry.public_id not in client.get(f"/feed.{form}").text


@pytest.mark.parametrize("form", ["xml", "atom", "json"])
def test_topics_and_places_have_feeds(client: Client, put_out: PutOut, place: Place, form: str) -> None:
    entry = put_out(place=place)
    put_out(headline="Không ở đâu")
    topic = Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế"})
    entry.topics.add(topic)
    for path in (f"/p/{place.pk}/dong-thap", "/t/medtop:04000000/kinh-te"):
        text = client.get(f"{path}/feed.{form}").text
        assert entry.public_id in text
        assert "Không ở đâu" not in text
    moved = client.get(f"/p/{place.pk}/sai/feed.{form}")
    assert (moved.status_code, moved["Location"]) == (301, f"/p/{place.pk}/dong-thap/feed.{form}")


def test_the_feed_of_a_place_that_others_became_tells_of_them_all(client: Client, put_out: PutOut) -> None:
    now = Place.objects.create(slug="dong-thap", name="Đồng Tháp")
    merged, named_alike = (
        Place.objects.create(slug=slug, name=name, valid_to=date(2025, 7, 1), successor=now)
        for slug, name in (("tien-giang", "Tiền Giang"), ("dong-thap-cu", "Đồng Tháp"))
    )
    before, after = datetime(2024, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    entries = {}
    for headline, place, at in (
        ("Ở Đồng Tháp trước", now, before), ("Ở Đồng Tháp sau", now, after), ("Ở Tiền Giang", merged, before),
        ("Ở Đồng Tháp cũ", named_alike, before), ("Không ở đâu", None, after),
    ):  # fmt: skip
        entries[headline] = put_out(headline=headline, place=place)
        Entry.objects.filter(pk=entries[headline].pk).update(published_at=at)
    withdraw(SYSTEM, release_of(entries["Ở Tiền Giang"]), statement="Sai.")

    def told(place: Place) -> list[str]:
        return [one.title for one in read(client, f"/p/{place.pk}/{place.slug}/feed.xml").entries]

    assert told(now) == ["Ở Đồng Tháp sau", "Ở Đồng Tháp cũ", "Ở Đồng Tháp trước", "Đã rút"]
    assert told(named_alike) == ["Ở Đồng Tháp cũ", "Ở Đồng Tháp trước"]
    assert told(merged) == ["Đã rút"]


def test_an_english_feed_shows_english_texts(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    english = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")
    add_translation(entry, text=english, translates=entry.current)
    feed = read(client, "/en/feed.atom")
    assert (feed.feed.language, feed.entries[0].title) == ("en", "New rice")
    assert feed.entries[0].link.startswith("http://testserver/en/r/")
    assert feed.entries[0].rights
    assert read(client, "/feed.atom").entries[0].title == "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên"


def test_what_runs_from_right_to_left_says_so(client: Client, put_out: PutOut) -> None:
    put_out(language="ar", headline="شركة فيتنامية")
    entry = read(client, "/feed.atom").entries[0]
    assert entry.title == "شركة فيتنامية"
    assert 'dir="rtl"' in json.loads(client.get("/feed.json").content)["items"][0]["content_html"]


def test_a_suspended_sender_and_a_demonstration_are_named_as_such(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    Organization.objects.filter(pk=entry.organization_id).update(suspended_at=clock.now())
    Portal.objects.update(is_demonstration=True)
    feed = read(client, "/feed.xml")
    assert "đang bị tạm ngưng" in feed.entries[0].content[0].value
    assert "hư cấu" in feed.feed.description


def test_a_feed_of_nothing_does_not_change(client: Client, portal: object) -> None:
    assert client.get("/feed.atom").content == client.get("/feed.atom").content
    read(client, "/feed.atom")
    read(client, "/feed.xml")


def test_long_texts_do_not_make_a_feed_without_end(
    client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        put_out(body_html="<p>" + "lúa " * 300 + "</p>")
    monkeypatch.setattr("loa.feeds.views.feeds.MOST_LETTERS", 1000)
    assert len(read(client, "/feed.xml").entries) == 1


@pytest.mark.parametrize(
    "path", ["/feed.xml", "/en/feed.atom", "/o/hop-tac-xa-sao-mai/feed.xml", "/t/medtop:04000000/kinh-te/feed.json"]
)
def test_a_cold_feed_asks_at_most_six_times(
    client: Client, put_out_whole: PutOut, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế"})
    for _ in range(2):
        put_out_whole().topics.add("medtop:04000000")
    kept = 1  # the portal, which the server reads once in half a minute
    with django_assert_max_num_queries(6 + kept):
        client.get(path)
