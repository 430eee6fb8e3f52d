"""Events as readers meet them: on their release, on the calendar page, in calendars of their own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.places.models import Place
from loa.releases.actions.correct import correct
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.topics.models import Section

PutOut = Callable[..., Entry]
VENUE = {"name": "Hội trường tỉnh", "address": "Số 1 đường Lúa", "place": "Đồng Tháp"}


def facts(at: datetime | None = None, **changes: Any) -> dict[str, Any]:
    start = at or (clock.now() + timedelta(days=10)).replace(microsecond=0)
    end = start + timedelta(hours=2)
    usual = {
        "time_zone": "Asia/Ho_Chi_Minh",
        "venues": [VENUE],
        "starts_at": start.isoformat(),
        "ends_at": end.isoformat(),
    }
    return {**usual, **changes}


@pytest.fixture
def an_event(put_out: PutOut, place: Place) -> Callable[..., Entry]:
    def make(at: datetime | None = None, of: dict[str, Any] | None = None, **changes: Any) -> Entry:
        return put_out(kind="event", facts=facts(at, **(of or {})), **changes)

    return make


def release_of(entry: Entry) -> Release:
    return Release.objects.get(entry=entry)


def read(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_release_says_when_where_and_how(client: Client, an_event: Any) -> None:
    of = {
        "audience": "Mọi người", "capacity": 12000, "registration_url": "https://saomai.example/dang-ky",
        "stream_url": "https://saomai.example/live", "press_contact": "Lan, 0912",
    }  # fmt: skip
    entry = an_event(datetime(2036, 12, 5, 7, tzinfo=UTC), of=of)
    page = client.get(archive.address(entry)).text
    for words in (
        "thông cáo báo chí · sự kiện", "Thứ Sáu, 5 tháng 12, 2036", ">14:00<", ">16:00<", "giờ Việt Nam (GMT+7)",
        "Hội trường tỉnh", "Số 1 đường Lúa, Đồng Tháp", "Mọi người", "12.000", "Lan, 0912",
        f"{archive.address(entry)}.ics",
        'href="https://saomai.example/dang-ky"', 'href="https://saomai.example/live"',
    ):  # fmt: skip
        assert words in page, words
    assert "Đã diễn ra" not in page


def test_an_event_of_the_past_says_so_and_asks_nobody_to_come(client: Client, an_event: Any) -> None:
    entry = an_event(datetime(2020, 1, 5, 7, tzinfo=UTC), of={"registration_url": "https://saomai.example/dang-ky"})
    page = client.get(archive.address(entry)).text
    assert "Đã diễn ra" in page and "saomai.example/dang-ky" not in page.partition("application/ld+json")[0]
    assert "Thêm vào lịch" not in page


def test_many_places_are_folded_after_five(client: Client, an_event: Any) -> None:
    venues = [{"name": f"Điểm cầu {number}"} for number in range(64)]
    page = client.get(archive.address(an_event(of={"venues": venues}))).text
    assert "64 địa điểm" in page and "Xem 59 địa điểm còn lại" in page
    assert page.index("Điểm cầu 4<") < page.index("<summary>Xem 59") < page.index("Điểm cầu 5<")


def test_other_kinds_have_their_box(client: Client, put_out: PutOut) -> None:
    product = put_out(
        kind="product", facts={"name": "Gạo Sao Mai", "availability": "pre_order", "price": "30.000 đồng"}
    )
    page = client.get(archive.address(product)).text
    assert "thông cáo báo chí · sản phẩm" in page and "Nhận đặt trước" in page and "30.000 đồng" in page
    named = put_out(kind="appointment", facts={"person": "Lê Thị Hoa", "role": "Giám đốc", "from_day": "2026-12-01"})
    page = client.get(archive.address(named)).text
    assert "Lê Thị Hoa" in page and "Giám đốc" in page and "1 tháng 12, 2026" in page
    assert "Quý III" in client.get(archive.address(put_out(kind="results", facts={"period": "Quý III"}))).text
    story = client.get(archive.address(put_out(kind="life"))).text
    assert "chuyện trong nhà" in story and "thông cáo báo chí" not in story.partition('class="sheet__facts"')[2][:400]


def test_the_calendar_lists_what_is_ahead(client: Client, an_event: Any) -> None:
    an_event(clock.now() + timedelta(days=40), headline="Hội chợ lúa")
    an_event(clock.now() + timedelta(days=3), headline="Ngày mở cửa")
    an_event(clock.now() - timedelta(days=3), headline="Buổi đã qua")
    page = client.get("/events").text
    assert page.index("Ngày mở cửa") < page.index("Hội chợ lúa")
    assert "Buổi đã qua" not in page
    past = client.get("/events?past=1").text
    assert "Buổi đã qua" in past and "Ngày mở cửa" not in past
    assert "Sự kiện sắp tới" in page and "Events ahead" in client.get("/en/events").text


def test_a_month_is_read_on_the_portals_clock(client: Client, an_event: Any) -> None:
    an_event(datetime(2036, 11, 30, 18, tzinfo=UTC), headline="Một giờ sáng tháng Mười hai")
    assert "Một giờ sáng" in client.get("/events?month=2036-12").text
    november = client.get("/events?month=2036-11").text
    assert "Một giờ sáng" not in november and "Không có sự kiện nào trong tháng này" in november


def test_places_and_sections_choose(client: Client, an_event: Any, place: Place, section: Section) -> None:
    hue = Place.objects.create(slug="hue", name="Huế")
    an_event(headline="Ở Đồng Tháp và Huế", of={"venues": [VENUE, {"name": "Điểm cầu", "place": "Huế"}]})
    an_event(headline="Ở Đồng Tháp")
    assert "Ở Đồng Tháp và Huế" in (at_hue := client.get(f"/events?place={hue.pk}").text)
    assert ">Ở Đồng Tháp<" not in at_hue
    assert ">Ở Đồng Tháp<" in client.get(f"/events?place={place.pk}&section={section.slug}").text
    (one,) = read(client, f"/events.ics?place={hue.pk}")
    assert one["SUMMARY"] == "Ở Đồng Tháp và Huế"


@pytest.mark.parametrize(
    "query", ["month=2036-13", "month=x", "month=0001-01", "place=999999", "place=x", "section=khong"]
)
def test_what_there_is_not_answers_404(client: Client, an_event: Any, query: str) -> None:
    an_event()
    assert client.get(f"/events?{query}").status_code == 404
    assert client.get("/events?month=9999-12").status_code == 200


def test_long_lists_go_on(client: Client, an_event: Any) -> None:
    same = clock.now() + timedelta(days=5)
    for number in range(25):
        an_event(same + timedelta(days=number // 5), headline=f"Buổi số {number:02d}")
    first = client.get("/events")
    shown = {number for number in range(25) if f"Buổi số {number:02d}" in first.text}
    assert len(shown) == 20
    rest = client.get("/events" + first.context["older"])
    assert {number for number in range(25) if f"Buổi số {number:02d}" in rest.text} == set(range(25)) - shown


def test_a_page_of_events_asks_little(client: Client, an_event: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        an_event()
    with django_assert_max_num_queries(6):
        client.get("/events")


def test_one_event_is_a_file_for_calendars(client: Client, an_event: Any) -> None:
    entry = an_event(datetime(2036, 12, 5, 7, tzinfo=UTC))
    (one,) = read(client, f"{archive.address(entry)}.ics")
    assert one["UID"] == f"{entry.public_id}@testserver"
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (
        datetime(2036, 12, 5, 7, tzinfo=UTC),
        datetime(2036, 12, 5, 9, tzinfo=UTC),
    )
    assert one["LOCATION"] == "Hội trường tỉnh, Số 1 đường Lúa, Đồng Tháp"
    assert one["URL"] == f"http://testserver{archive.address(entry)}"
    assert (one["SEQUENCE"], one["STATUS"]) == (0, "CONFIRMED")


def test_a_correction_is_the_same_event_anew(client: Client, an_event: Any) -> None:
    entry = an_event()
    release = release_of(entry)
    moved = facts(datetime(2036, 12, 6, 7, tzinfo=UTC))
    correct(SYSTEM, release, fields={"facts": moved}, reason="Dời ngày.", expected_revision=release.revision)
    (one,) = read(client, "/events.ics")
    assert (one["UID"], one["SEQUENCE"]) == (f"{entry.public_id}@testserver", 1)
    assert one["DTSTART"].dt == datetime(2036, 12, 6, 7, tzinfo=UTC)


def test_a_withdrawn_event_is_cancelled_everywhere(client: Client, an_event: Any) -> None:
    entry = an_event(headline="Hội chợ lúa")
    withdraw(SYSTEM, release_of(entry), statement="Bão lớn, xin dời sang năm.")
    assert client.get(archive.address(entry)).status_code == 410
    for path in ("/events.ics", f"{archive.address(entry)}.ics"):
        (one,) = read(client, path)
        assert (one["STATUS"], one["SEQUENCE"]) == ("CANCELLED", 1)
        assert one["DESCRIPTION"] == "Bão lớn, xin dời sang năm."
        assert "Hội chợ lúa" not in client.get(path).text
    assert "Hội chợ lúa" not in client.get("/events").text


def test_what_is_no_event_has_no_calendar(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert client.get(f"{archive.address(entry)}.ics").status_code == 404
    assert client.get(f"/r/{entry.public_id}/khac.ics").status_code == 301
    withdraw(SYSTEM, release_of(entry), statement="Sai.")
    assert client.get(f"{archive.address(entry)}.ics").status_code == 410
    assert read(client, "/events.ics") == []


def test_events_are_found_by_their_places_and_kinds(
    client: Client, an_event: Any, put_out: PutOut, run_wire: Any
) -> None:
    event = an_event(headline="Hội chợ lúa")
    put_out(headline="Tin khác")
    run_wire()
    assert event.public_id in client.get("/search?q=hoi truong tinh").text
    found = client.get("/search?kind=event").text
    assert "Hội chợ lúa" in found and "Tin khác" not in found and "Thể loại" in found
