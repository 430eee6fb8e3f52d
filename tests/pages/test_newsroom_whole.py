"""An organization's page: what it gave out by year and kind, what it shows, whom to ask, what the portal knows."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.archive.actions.shelve import Place, Text, add_version, shelve
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.lib import clock
from loa.organizations.models import Organization
from loa.topics.models import Section

Shelved = Callable[..., Entry]
PICTURE = {"url": f"/media/{'a' * 26}.webp", "width": 1600, "height": 900, "alt": "Cầu cảng", "credit": "Ảnh: Lan"}
VIDEO = {"url": f"/media/{'b' * 26}.mp4", "format": "mp4", "title": "Thước phim", "bytes": 1000}


@pytest.fixture
def shelved(organization: Organization, section: Section) -> Shelved:
    """Return a maker of entries of a day, a kind, with files."""

    def make(headline: str, day: str = "2026-05-02", kind: str = "news", **more: Any) -> Entry:
        sender, partners = more.pop("sender", organization), more.pop("partners", ())
        text = Text(language="vi", headline=headline, body_html="<p>Chữ.</p>", body_text="Chữ.", **more)
        place = Place(
            portal_id=organization.portal_id, organization_id=sender.pk, section_id=section.pk, kind=kind,
            partner_ids=tuple(one.pk for one in partners),
        )  # fmt: skip
        at = datetime.fromisoformat(day).replace(tzinfo=UTC)
        return shelve(headline, text=text, place=place, published_at=at)

    return make


@pytest.fixture
def door(organization: Organization) -> str:
    return f"/o/{organization.slug}"


def headlines(answer: Any) -> list[str]:
    return re.findall(r'<h3 class="line__headline"[^>]*><a [^>]*>([^<]+)', answer.text)


def chips(answer: Any) -> dict[str, int]:
    found = re.findall(r"<li><a href=\"[^\"]*\"[^>]*>([^<]+) <span class=\"figure\">(\d+)", answer.text)
    return {name: int(count) for name, count in found}


def test_releases_are_counted_and_narrowed_by_year_and_kind(client: Client, shelved: Shelved, door: str) -> None:
    shelved("Tin cũ", "2024-03-01")
    shelved("Tin mới", "2026-03-01")
    shelved("Hội nghị", "2026-04-01", "event")
    whole = client.get(door)
    assert chips(whole) == {"2026": 2, "2024": 1, "Tin": 2, "Sự kiện": 1}
    assert headlines(client.get(f"{door}?year=2026")) == ["Hội nghị", "Tin mới"]
    both = client.get(f"{door}?year=2026&kind=event")
    assert headlines(both) == ["Hội nghị"]
    assert chips(both) == {"2026": 1, "Sự kiện": 1, "Tin": 1}
    assert f'<link rel="canonical" href="http://testserver{door}?year=2026&amp;kind=event">' in both.text
    assert headlines(client.get(f"{door}?year=1066&kind=odd")) == headlines(whole)


def test_a_year_begins_at_midnight_of_the_portal(client: Client, shelved: Shelved, door: str) -> None:
    shelved("Giao thừa", "2025-12-31 16:59")
    shelved("Năm mới", "2025-12-31 17:00")
    assert headlines(client.get(f"{door}?year=2026")) == ["Năm mới"]


def test_a_narrowed_list_goes_on_page_by_page(client: Client, shelved: Shelved, door: str) -> None:
    for number in range(23):
        shelved(f"Tin {number}", f"2026-01-{number + 1:02d}")
        shelved(f"Sự kiện {number}", f"2026-01-{number + 1:02d}", "event")
    first = client.get(f"{door}?kind=event")
    assert len(headlines(first)) == 20
    older = re.search(r'rel="next" href="(\?[^"]+)"', first.text)
    assert older
    second = client.get(door + older[1].replace("&amp;", "&"))
    assert headlines(second) == ["Sự kiện 2", "Sự kiện 1", "Sự kiện 0"]
    newer = re.search(r'rel="prev" href="([^"]+)"', second.text)
    assert newer
    assert headlines(client.get(door + newer[1].replace("&amp;", "&"))) == headlines(first)


def test_joint_releases_stand_in_their_place_in_time(
    client: Client, shelved: Shelved, door: str, organization: Organization, newcomer: Organization
) -> None:
    for number in range(15):
        shelved(f"Của mình {number}", f"2026-02-{number + 1:02d}")
        shelved(f"Chung {number}", f"2026-02-{number + 1:02d} 12:00", sender=newcomer, partners=[organization])
    first = client.get(door)
    assert headlines(first)[:3] == ["Chung 14", "Của mình 14", "Chung 13"]
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older
    assert len(set(headlines(first) + headlines(client.get(door + older[1])))) == 30


def test_pictures_and_videos_lead_to_their_releases_with_credit(
    client: Client, shelved: Shelved, door: str, organization: Organization
) -> None:
    for number in range(25):
        shelved(f"Tin {number}", f"2026-06-{number + 1:02d}")
    entry = shelved("Khánh thành cầu cảng", "2024-01-01", pictures=[PICTURE], videos=[VIDEO])
    page = client.get(door).text
    gallery = page[page.index('id="pictures"') :]
    assert "Khánh thành cầu cảng" in gallery and "Ảnh: Lan" in gallery and entry.public_id in gallery
    assert VIDEO["url"] in page[page.index('id="videos"') :]
    every = client.get(f"{door}/media").text
    assert "Khánh thành cầu cảng" in every and "Ảnh: Lan" in every and "Tin 24" not in every
    text = Text(language="vi", headline="Khánh thành cầu cảng", body_html="<p>Chữ.</p>", body_text="Chữ.")
    add_version(entry, text=text, kind=Notice.Kind.CORRECTED)
    assert 'id="pictures"' not in client.get(door).text


def test_what_was_withdrawn_is_counted_and_not_shown(client: Client, shelved: Shelved, door: str) -> None:
    shelved("Còn đây")
    withdraw(shelved("Đã rút", pictures=[PICTURE]), statement="Sai số liệu.")
    page = client.get(door).text
    assert "1 thông cáo; 1 bài đã rút" in page
    assert PICTURE["alt"] not in page and "Đã rút</a>" not in page


def test_events_ahead_stand_above_the_list(client: Client, shelved: Shelved, door: str) -> None:
    soon = (clock.now() + timedelta(days=3)).isoformat()
    past = (clock.now() - timedelta(days=3)).isoformat()
    shelved("Hội nghị sắp tới", kind="event", facts={"starts_at": soon})
    shelved("Hội nghị đã qua", kind="event", facts={"starts_at": past})
    page = client.get(door).text
    ahead = page[page.index('id="ahead"') : page.index('id="releases"')]
    assert "Hội nghị sắp tới" in ahead and "Hội nghị đã qua" not in ahead


def test_press_contacts_can_be_called_and_written_to(client: Client, organization: Organization, door: str) -> None:
    assert "Tổ chức chưa ghi ai trả lời báo chí" in client.get(door).text
    organization.press_contacts = [
        {"name": "Nguyễn Thị Lan", "phone": "+84 24 3825 1234 máy lẻ 7", "email": "lan@saomai.vn", "language": "vi en"}
    ]
    organization.save()
    page = client.get(door).text
    assert 'href="tel:+842438251234"' in page and 'href="mailto:lan@saomai.vn"' in page
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert found
    sender = json.loads(found[1])["@graph"][0]
    assert sender["contactPoint"][0]["availableLanguage"] == ["vi", "en"]
    assert sender["contactPoint"][0]["telephone"] == "+84 24 3825 1234 máy lẻ 7"


def test_the_page_says_what_the_portal_knows_and_what_is_only_said(
    client: Client, shelved: Shelved, door: str, organization: Organization
) -> None:
    shelved("Tin đầu", "2024-03-01")
    organization.website, organization.name_en = "https://www.saomai.example/gioi-thieu", "Sao Mai Co-op"
    organization.save()
    page = client.get(door).text
    assert "1 tháng 3, 2024" in page and "Người duyệt cho đăng bài đầu tiên" in page
    assert "Tổ chức tự khai" in page and ">saomai.example</a>" in page
    english = client.get(f"/en{door}").text
    assert '<h1 class="newsroom__name">Sao Mai Co-op</h1>' in english and organization.name in english
    assert "What it says of itself" in english and "Tự khai" not in english


def test_only_people_who_agreed_and_stayed_are_shown(client: Client, organization: Organization, door: str) -> None:
    for name, more in {
        "Có mặt": {"consent_at": clock.now()},
        "Chưa đồng ý": {},
        "Đã đi": {"consent_at": clock.now(), "left_at": clock.now()},
    }.items():
        organization.people.create(name=name, slug=name.lower().replace(" ", "-"), **more)
    page = client.get(door).text
    assert [name in page for name in ("Có mặt", "Chưa đồng ý", "Đã đi")] == [True, False, False]


def test_a_reader_can_follow_it_from_its_page(client: Client, organization: Organization, door: str) -> None:
    page = client.get(f"/en{door}").text
    assert f'name="organization" value="{organization.slug}"' in page and 'action="/en/newsletter"' in page
    sent = {"email": "doc@vidu.vn", "organization": organization.slug}
    assert client.post("/newsletter", sent, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_whole_page_asks_six_times(
    client: Client, shelved: Shelved, door: str, organization: Organization,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    soon = (clock.now() + timedelta(days=3)).isoformat()
    organization.people.create(name="Lan", slug="lan", consent_at=clock.now())
    for number in range(30):
        said = [{"id": "1", "text": "Lời nói", "name": "Lan"}]
        files = {"pictures": [PICTURE, PICTURE], "videos": [VIDEO], "quotes": said}
        shelved(f"Tin {number}", kind="event", facts={"starts_at": soon}, **files)
        shelved(f"Chuyện {number}", kind="life", pictures=[PICTURE])
    for path in (door, f"/en{door}", f"{door}?kind=event", f"{door}/media"):
        with django_assert_max_num_queries(6, info=path):
            assert client.get(path).status_code == 200
    page = client.get(door).text
    parts = ("ahead", "releases", "pictures", "videos", "quotations", "people", "life", "contacts", "follow", "record")
    assert [f'id="{part}"' in page for part in parts] == [True] * len(parts)
