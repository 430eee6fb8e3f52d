"""Lists turn their pages both ways and lose nothing; places and topics lead on."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.actions.shelve import Place as Where
from loa.archive.actions.shelve import Text, shelve
from loa.archive.models import Entry
from loa.lib import clock, vietnamese
from loa.organizations.actions.found import found
from loa.organizations.actions.rename import rename
from loa.organizations.models import Organization
from loa.pages.queries import directory, lists
from loa.places.actions.load import load as load_places
from loa.places.models import Place
from loa.portals.models import Portal
from loa.topics.actions.load import load as load_topics
from loa.topics.models import Section, Topic

PutOut = Callable[..., Entry]
MOMENT = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def many(organization: Organization, section: Section) -> list[Entry]:
    """Forty-five entries, newest first; thirty of them of one and the same moment."""
    where = Where(portal_id=organization.portal_id, organization_id=organization.pk, section_id=section.pk, kind="news")
    for number in range(45):
        at = MOMENT + timedelta(minutes=max(0, number - 29))
        text = Text(language="vi", headline=f"Tin số {number}", body_html="<p>x</p>", body_text="x")
        shelve(f"khoa-{number}", text=text, place=where, published_at=at)
    return list(Entry.objects.order_by("-published_at", "-pk"))


def publish_from(sender: Organization, section: Section) -> None:
    """One entry of theirs."""
    where = Where(portal_id=sender.portal_id, organization_id=sender.pk, section_id=section.pk, kind="news")
    text = Text(language="vi", headline="Tin", body_html="<p>x</p>", body_text="x")
    shelve(f"cua-{sender.slug}", text=text, place=where, published_at=MOMENT)


def headlines(page: str) -> list[str]:
    return re.findall(r"Tin số \d+", page)


def way(page: str, rel: str) -> str:
    found = re.search(rf'<a class="[^"]*" rel="{rel}" href="([^"]+)"', page)
    return found[1] if found else ""


def test_pages_hold_every_entry_once_at_equal_moments_too(client: Client, many: list[Entry]) -> None:
    seen, path = [], "/latest"
    while path:
        page = client.get(path).text
        seen += headlines(page)
        path = "/latest" + older if (older := way(page, "next")) else ""
    assert seen == [entry.current.headline for entry in many if entry.current]


def test_newer_leads_back_the_same_way(client: Client, many: list[Entry]) -> None:
    first = client.get("/latest").text
    second = client.get("/latest" + way(first, "next")).text
    third = client.get("/latest" + way(second, "next")).text
    back = client.get("/latest" + way(third, "prev")).text
    assert headlines(back) == headlines(second)
    assert headlines(client.get("/latest" + way(back, "prev")).text) == headlines(first)
    assert not way(first, "prev")
    assert not way(third, "next")


def test_a_later_page_has_its_own_address_and_says_its_days(client: Client, many: list[Entry]) -> None:
    first = client.get("/latest").text
    older = way(first, "next")
    second = client.get("/latest" + older).text
    assert '<link rel="canonical" href="http://testserver/latest">' in first
    assert f'<link rel="canonical" href="http://testserver/latest{older}">' in second
    assert f'<link rel="next" href="{older}">' in first
    assert '<link rel="prev" href="?after=' in second
    assert "<title>Mới nhất (1 tháng 3, 2026) · GlobalVN</title>" in second
    assert "<title>Mới nhất · GlobalVN</title>" in first


def test_above_the_newest_is_the_first_page(client: Client, many: list[Entry]) -> None:
    cursor = lists.cursor(many[3])
    assert headlines(client.get(f"/latest?after={cursor}").text)[0] == "Tin số 44"
    assert headlines(client.get("/latest?after=xyz").text)[0] == "Tin số 44"


def test_an_old_province_shows_its_entries_and_leads_to_todays(client: Client, put_out: PutOut) -> None:
    load_places()
    old, now = Place.objects.get(slug="binh-duong"), Place.objects.get(slug="ho-chi-minh")
    then, later = put_out(headline="Tin cũ ở Bình Dương"), put_out(headline="Tin mới ở thành phố")
    Entry.objects.filter(pk=then.pk).update(place=old)
    Entry.objects.filter(pk=later.pk).update(place=now)
    page = client.get(f"/p/{old.pk}/binh-duong").text
    assert "Từ 1-7-2025 thuộc" in page
    assert f'<a href="/p/{now.pk}/ho-chi-minh">Thành phố Hồ Chí Minh</a>' in page
    assert "Tin cũ ở Bình Dương" in page
    assert "Tin mới ở thành phố" not in page
    page = client.get(f"/p/{now.pk}/ho-chi-minh").text
    assert "Tin cũ ở Bình Dương" in page
    assert "Tin mới ở thành phố" in page
    assert f'<a href="/p/{old.pk}/binh-duong">Bình Dương</a>' in page
    assert "Ho Chi Minh City" in client.get(f"/en/p/{old.pk}/binh-duong").text


def test_a_name_of_both_times_means_the_old_one_before_the_merger(client: Client, put_out: PutOut) -> None:
    load_places()
    old, now = Place.objects.get(slug="dong-thap-truoc-2025"), Place.objects.get(slug="dong-thap")
    then, later = put_out(headline="Tin của năm 2024"), put_out(headline="Tin của năm nay")
    Entry.objects.filter(pk__in=[then.pk, later.pk]).update(place=now)
    Entry.objects.filter(pk=then.pk).update(published_at=datetime(2024, 5, 1, tzinfo=UTC))
    page = client.get(f"/p/{old.pk}/{old.slug}").text
    assert "Tin của năm 2024" in page
    assert "Tin của năm nay" not in page


def test_what_is_drawn_once_follows_names(client: Client, put_out: PutOut) -> None:
    load_places()
    entry, topic = put_out(), Topic.objects.create(qcode="medtop:04000000", labels={"vi": "kinh tế"})
    entry.topics.add(topic)
    assert "Kinh tế</a>" in client.get("/t/").text
    assert "Tây Đô</a>" not in client.get("/p/").text
    Topic.objects.update(labels={"vi": "làm ăn"})
    Place.objects.filter(slug="can-tho").update(name="Tây Đô")
    assert "Làm ăn</a>" in client.get("/t/").text
    assert "Tây Đô</a>" in client.get("/p/").text


def test_places_are_counted_with_the_old_ones_below(client: Client, put_out: PutOut) -> None:
    load_places()
    Entry.objects.filter(pk=put_out().pk).update(place=Place.objects.get(slug="binh-duong"))
    page = client.get("/p/").text
    assert re.search(r'ho-chi-minh">Hồ Chí Minh</a> <span class="figure">1</span>', page)
    assert re.search(r'binh-duong">Bình Dương</a> <span class="figure">1</span>', page)
    assert page.count('<p class="register__name">') == 34


def test_a_topic_shows_narrower_ones_and_the_way_up(client: Client, put_out: PutOut) -> None:
    load_topics()
    put_out(topics=["medtop:20000210"])
    narrow = client.get("/t/medtop:20000210/nong-nghiep").text
    wide = client.get("/t/medtop:04000000/kinh-te-kinh-doanh-va-tai-chinh").text
    assert "Sao Mai thu hoạch" in narrow
    assert "Sao Mai thu hoạch" in wide
    assert '<a href="/t/medtop:20000209/san-pham-va-dich-vu">Sản phẩm và dịch vụ</a>' in narrow
    assert '<a href="/t/medtop:20000349/loai-hinh-doanh-nghiep">Loại hình doanh nghiệp</a>' in wide
    assert client.get("/t/medtop:05000000/giao-duc").text.count("Sao Mai thu hoạch") == 0


def test_a_topic_has_one_address_in_each_language(client: Client, portal: Portal) -> None:
    load_topics()
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/t/medtop:20000210/sai")
        assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/t/medtop:20000210/nong-nghiep")
    assert ">Agriculture</h1>" in client.get("/en/t/medtop:20000210/nong-nghiep").text
    assert client.get("/t/medtop:99/x").status_code == 404


def test_topics_are_counted_with_the_narrower_ones_and_once(client: Client, put_out: PutOut) -> None:
    load_topics()
    put_out(topics=["medtop:20000210", "medtop:20000344"])
    page = client.get("/t/").text
    assert re.search(r'tai-chinh">Kinh tế, kinh doanh và tài chính</a> <span class="figure">1</span>', page)
    assert "Nông nghiệp" in page
    assert "Giáo dục" not in page


def test_a_long_directory_is_a_page_a_letter(
    client: Client, put_out: PutOut, newcomer: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_out()
    put_out(newcomer)
    whole = client.get("/o/").text
    assert "Sao Mai" in whole
    assert "Trăng Mới" in whole
    monkeypatch.setattr(directory, "PAGE", 1)
    page = client.get("/o/?letter=T").text
    assert "Trăng Mới" in page
    assert "Sao Mai" not in page
    assert '<a href="?letter=S">S</a>' in page
    assert "Sao Mai" in client.get("/o/?letter=xyz").text


def test_a_letter_with_many_is_walked_through_both_ways(
    client: Client, an: Person, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each name once, in the order of the alphabet; between them stands one that has published nothing."""
    names = ["Công ty TNHH Ba Sao", "Bà Rịa", "Bã Mía", "Bạc Liêu", "Hợp tác xã Bắc Hà", "Bình An", "Bưởi Năm Roi"]
    senders = [found(an, portal=section.portal, name=one, kind="company") for one in [*reversed(names), "Bánh Cáy"]]
    for sender in senders[:-1]:
        publish_from(sender, section)
    monkeypatch.setattr(directory, "PAGE", 3)
    pages, path = [], "/o/?letter=B"
    for rel in ("next", "next", "prev", "prev"):
        page = client.get(path).text
        pages.append(re.findall(r'<li><a href="/o/[^"]+">([^<]+)</a> <span class="line__sender">', page))
        path = "/o/" + way(page, rel).replace("&amp;", "&")
    in_order = sorted(names, key=lambda name: vietnamese.sort_key(vietnamese.sort_name(name)))
    assert pages == [in_order[:3], in_order[3:6], in_order[6:], in_order[3:6]]


def test_a_slug_nobody_has_begins_the_letter(client: Client, put_out: PutOut, newcomer: Organization) -> None:
    put_out(newcomer)
    for cursor in ("after=khong-co", "before=khong-co", f"before={newcomer.slug}", f"after={newcomer.slug}"):
        assert "Trăng Mới" in client.get(f"/o/?letter=T&{cursor}").text


def test_a_renamed_organization_stands_where_its_new_name_does(
    client: Client, put_out: PutOut, an: Person, newcomer: Organization
) -> None:
    put_out(newcomer)
    assert '<h2 id="chu-1">T</h2>' in client.get("/o/").text
    rename(an, newcomer, name="Công ty Cổ phần Đèn Lồng")
    assert '<h2 id="chu-1">Đ</h2>' in client.get("/o/").text


def test_the_archive_leads_no_further_than_its_years(client: Client, many: list[Entry]) -> None:
    """Whoever follows every link comes to an end."""
    first, this = MOMENT.year, clock.now().year
    assert f'href="/archive/{first - 1}"' not in client.get(f"/archive/{first}").text
    assert f'href="/archive/{first}"' in client.get(f"/archive/{first + 1}").text
    assert f'href="/archive/{this + 1}"' not in client.get(f"/archive/{this}").text
    assert f'href="/archive/{first - 601}"' not in client.get(f"/archive/{first - 600}").text


def test_organizations_stand_with_their_city_in_the_language_of_the_page(client: Client, many: list[Entry]) -> None:
    Organization.objects.update(city=Place.objects.create(slug="ha-noi", name="Hà Nội", name_en="Hanoi"))
    assert "Hanoi" in client.get("/en/o/").text
    assert "Hà Nội" in client.get("/o/").text
