"""The short form of each kind: kept for the chosen one, said in sentences, whole when it comes back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.places.models import Place
from loa.releases.models import Release

Write = Callable[..., Release]
EVENT = {
    "kind": "event",
    "facts-sent": "1",
    "facts-event-starts_at": "2036-12-01T08:00",
    "facts-event-ends_at": "2036-12-01T10:30",
    "facts-event-time_zone": "Asia/Ho_Chi_Minh",
    "facts-event-audience": "Mọi người",
    "facts-event-capacity": "120",
    "facts-event-registration_url": "saomai.example/dang-ky",
    "venues-TOTAL_FORMS": "2",
    "venues-INITIAL_FORMS": "0",
    "venues-0-name": "Hội trường tỉnh",
    "venues-0-address": "Số 1 đường Lúa",
    "venues-0-place": "Đồng Tháp",
}


@pytest.fixture
def typed(client: Client, an: Person, write: Write, place: Place) -> Callable[..., tuple[Any, Release]]:
    """Return a call that sends the form of a release with these changes."""
    client.force_login(an)

    def send(release: Release | None = None, **changes: Any) -> tuple[Any, Release]:
        release = release or write()
        release.refresh_from_db()
        text = {
            "revision": release.revision, "language": "vi", "headline": release.headline, "lead": release.lead,
            "body_html": release.body_html, "section": release.section_id, "contact": release.contact,
        }  # fmt: skip
        answer = client.post(f"/desk/releases/{release.public_id}", {**text, **EVENT, **changes})
        release.refresh_from_db()
        return answer, release

    return send


def test_an_event_is_kept_as_its_facts(typed: Any) -> None:
    answer, release = typed()
    assert answer.status_code == 302
    assert release.facts == {
        "starts_at": "2036-12-01T08:00:00+07:00",
        "ends_at": "2036-12-01T10:30:00+07:00",
        "time_zone": "Asia/Ho_Chi_Minh",
        "venues": [{"name": "Hội trường tỉnh", "address": "Số 1 đường Lúa", "place": "Đồng Tháp"}],
        "audience": "Mọi người",
        "capacity": 120,
        "registration_url": "https://saomai.example/dang-ky",
    }


def test_the_form_shows_what_was_kept(client: Client, typed: Any) -> None:
    _, release = typed(**{"facts-event-time_zone": "Asia/Tokyo"})
    assert release.facts["starts_at"] == "2036-12-01T08:00:00+09:00"
    page = client.get(f"/desk/releases/{release.public_id}").text
    assert 'value="2036-12-01T08:00"' in page
    assert '<option value="Asia/Tokyo" selected>' in page
    assert '<option value="Đồng Tháp" selected>' in page
    assert '<details class="rows" data-kind="event" open>' in page
    assert '<details class="rows" data-kind="product">' in page


@pytest.mark.parametrize(
    ("time", "sentence"),
    [("2036-03-30T02:30", "Không có lúc 02:30 ngày 30/03/2036"), ("2036-10-26T02:30", "có hai lần")],
)
def test_a_time_that_clocks_skip_or_show_twice_is_said(typed: Any, time: str, sentence: str) -> None:
    answer, release = typed(**{"facts-event-starts_at": time, "facts-event-time_zone": "Europe/Paris"})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert f'value="{time}"' in answer.text and "Hội trường tỉnh" in answer.text
    assert release.facts == {}


def test_many_places_come_as_lines(client: Client, typed: Any) -> None:
    lines = "Điểm cầu Đồng Tháp\n\nNhà văn hóa; Số 2; Đồng Tháp\n" + "\n".join(f"Điểm {n}; xã {n}" for n in range(63))
    _, release = typed(**{"facts-event-many_venues": lines})
    venues = release.facts["venues"]
    assert len(venues) == 66
    assert venues[1] == {"name": "Điểm cầu Đồng Tháp", "place": "Đồng Tháp"}
    assert venues[2] == {"name": "Nhà văn hóa", "address": "Số 2", "place": "Đồng Tháp"}
    assert venues[65] == {"name": "Điểm 62", "address": "xã 62"}
    page = client.get(f"/desk/releases/{release.public_id}").text
    assert "Nhà văn hóa; Số 2; Đồng Tháp" in page
    none = {"venues-TOTAL_FORMS": "1", "venues-0-name": "", "venues-0-address": "", "venues-0-place": ""}
    shown = page.partition('<textarea name="facts-event-many_venues"')[2].partition(">")[2].partition("</textarea>")[0]
    _, again = typed(release, **none, **{"facts-event-many_venues": shown})
    assert again.facts["venues"] == venues


def test_another_kinds_values_come_back_but_are_not_kept(typed: Any) -> None:
    product = {"kind": "product", "facts-product-name": "Gạo Sao Mai"}
    answer, release = typed(**product, **{"facts-product-available_from": "ngày mai"})
    assert answer.status_code == 400
    assert "Hội trường tỉnh" in answer.text and "Gạo Sao Mai" in answer.text
    answer, release = typed(release, **product, **{"facts-event-registration_url": "không phải địa chỉ"})
    assert answer.status_code == 302
    assert release.facts == {"name": "Gạo Sao Mai"}


def test_an_appointment_offers_the_people_of_the_house(client: Client, typed: Any) -> None:
    _, release = typed(kind="appointment", **{"facts-appointment-person": "Lê Thị Hoa"})
    release.organization.people.create(name="Trần Văn Lúa", role="Giám đốc", slug="tran-van-lua")
    page = client.get(f"/desk/releases/{release.public_id}").text
    assert '<option value="Trần Văn Lúa">Giám đốc</option>' in page
    assert 'value="Lê Thị Hoa"' in page
    assert "Tin bổ nhiệm cần chức vụ mới." in page


def test_a_page_that_sends_no_facts_leaves_them(typed: Any) -> None:
    _, release = typed()
    _, again = typed(release, **{"facts-sent": ""})
    del again
    assert release.facts["capacity"] == 120


def test_the_preview_shows_the_box_and_the_warning(client: Client, typed: Any) -> None:
    _, release = typed(**{"facts-event-starts_at": "2020-12-01T08:00", "facts-event-ends_at": ""})
    page = client.get(f"/desk/releases/{release.public_id}/preview").text
    assert "Đã diễn ra" in page
    assert "Ngày giờ của sự kiện đã qua" in page
