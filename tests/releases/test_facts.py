"""What belongs to the kind of a release, and what is asked of it before it may go."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.archive.models import Entry, Occasion
from loa.lib import clock
from loa.places.models import Place
from loa.releases.actions.save import save
from loa.releases.actions.submit import submit
from loa.releases.errors import NotReady
from loa.releases.models import Release
from loa.releases.rules import facts_of, reasons_not_to_submit, warnings

Write = Callable[..., Release]
PutOut = Callable[..., Entry]
EVENT = {
    "starts_at": "2036-12-01T08:00:00+07:00",
    "time_zone": "Asia/Ho_Chi_Minh",
    "venues": [{"name": "Hội trường tỉnh", "place": "Đồng Tháp"}],
}


def said(write: Write, kind: str, **facts: Any) -> str:
    return " ".join(reasons_not_to_submit(write(kind=kind, facts=facts)))


def test_a_whole_event_may_go(write: Write) -> None:
    assert not said(write, "event", **EVENT)


@pytest.mark.parametrize("start", ["", "mai", "2036-12-01T08:00", "2036-13-01T08:00:00+07:00"])
def test_an_event_needs_its_start(write: Write, start: str) -> None:
    assert "cần ngày giờ bắt đầu" in said(write, "event", **{**EVENT, "starts_at": start})


def test_an_event_needs_a_place_or_a_stream(write: Write, an: Person) -> None:
    nowhere = {**EVENT, "venues": []}
    assert "cần một địa điểm" in said(write, "event", **nowhere)
    assert not said(write, "event", **nowhere, stream_url="https://saomai.example/live")
    with pytest.raises(NotReady):
        submit(an, write(kind="event", facts=nowhere))


def test_an_event_does_not_end_before_it_begins(write: Write) -> None:
    # Half past eight in Berlin is after eight in Hà Nội.
    assert not said(write, "event", **EVENT, ends_at="2036-12-01T08:30:00+01:00")
    assert "trước khi bắt đầu" in said(write, "event", **EVENT, ends_at="2036-12-01T08:30:00+09:00")
    assert "giờ kết thúc" in said(write, "event", **EVENT, ends_at="trưa")


def test_an_event_of_the_past_is_told_and_may_go(write: Write) -> None:
    release = write(kind="event", facts={**EVENT, "starts_at": "2020-12-01T08:00:00+07:00"})
    assert not reasons_not_to_submit(release)
    assert warnings(release) == ["Ngày giờ của sự kiện đã qua. Nếu đúng như vậy thì cứ đăng."]
    assert not warnings(write(kind="event", facts=EVENT))
    assert not warnings(write())


def test_a_product_needs_a_name_and_an_appointment_a_person_and_a_role(write: Write) -> None:
    assert "Sản phẩm cần tên" in said(write, "product", price="30.000 đồng")
    assert not said(write, "product", name="Gạo Sao Mai")
    assert said(write, "appointment") == ("Tin bổ nhiệm cần tên người được bổ nhiệm. Tin bổ nhiệm cần chức vụ mới.")
    assert not said(write, "appointment", person="Lê Thị Hoa", role="Giám đốc")


@pytest.mark.parametrize("kind", ["news", "results", "report", "statement", "life"])
def test_other_kinds_need_none(write: Write, kind: str) -> None:
    assert not said(write, kind)


def test_facts_of_another_kind_do_not_stay(write: Write) -> None:
    release = write(kind="event", facts={**EVENT, "price": "30.000 đồng"})
    assert set(release.facts) == set(EVENT)
    save(release, fields={"kind": "product"}, expected_revision=1)
    release.refresh_from_db()
    assert release.facts == {}


def test_facts_are_kept_whole_and_links_lead_to_the_web(write: Write) -> None:
    facts = facts_of(
        "event",
        {
            "audience": "  Mo\u0323i ngu\u031bo\u031b\u0300i ",
            "stream_url": "javascript:alert(1)",
            "capacity": 40,
            "venues": ["Huế", {}],
        },
    )
    assert facts == {"audience": "Mọi người", "capacity": 40, "venues": [{"name": "Huế"}]}


def test_the_calendar_knows_the_places(put_out: PutOut, place: Place) -> None:
    occasion = Occasion.objects.get(entry=put_out(kind="event", facts=EVENT))
    assert occasion.starts_at == datetime(2036, 12, 1, 1, tzinfo=UTC)
    assert list(occasion.places.all()) == [place]


def test_a_time_that_is_not_or_comes_twice_is_refused() -> None:
    assert clock.in_zone(datetime(2026, 7, 1, 9), "Europe/Paris").utcoffset() == timedelta(hours=2)
    with pytest.raises(clock.NoSuchTimeError):
        clock.in_zone(datetime(2026, 3, 29, 2, 30), "Europe/Paris")
    with pytest.raises(clock.TwiceError):
        clock.in_zone(datetime(2026, 10, 25, 2, 30), "Europe/Paris")
