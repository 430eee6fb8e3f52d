"""The record by date."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from loa.archive.models import Entry
from loa.pages.queries import figures
from loa.portals.models import Portal

PutOut = Callable[..., Entry]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Figures are kept for a minute, beyond the end of a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def put_at(put_out: PutOut) -> Callable[[datetime], Entry]:
    def put(moment: datetime) -> Entry:
        entry = put_out()
        Entry.objects.filter(pk=entry.pk).update(published_at=moment)
        return entry

    return put


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Asia/Kolkata", "America/St_Johns", "UTC"])
def test_days_are_those_of_the_portals_zone(portal: Portal, put_at: Callable[[datetime], Entry], zone: str) -> None:
    Portal.objects.update(time_zone=zone)
    portal.refresh_from_db()
    moments = [
        datetime(2023, 10, 10, 16, 59, 59, tzinfo=UTC), datetime(2023, 10, 10, 17, tzinfo=UTC),
        datetime(2023, 10, 10, 18, 29, 59, tzinfo=UTC), datetime(2023, 10, 10, 18, 30, tzinfo=UTC),
        datetime(2023, 12, 31, 23, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC),
    ]  # fmt: skip
    for moment in moments:
        put_at(moment)
    from zoneinfo import ZoneInfo

    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    expected = {(day.month, day.day): days.count(day) for day in days if day.year == 2023}
    assert figures.by_day(portal, 2023) == expected


def test_a_year_is_a_calendar(put_at: Callable[[datetime], Entry]) -> None:
    put_at(datetime(2023, 10, 11, 3, tzinfo=UTC))
    page = Client().get("/archive/2023").text
    assert page.count('class="calendar__month"') == 12
    assert 'href="/archive/2023/10/11" aria-label="11 tháng 10, 2023: 1 thông cáo"' in page
    assert 'href="/archive/2023/10/12"' not in page
    month = Client().get("/en/archive/2023/10").text
    assert month.count('class="calendar__month"') == 1
    assert 'href="/en/archive/2023/10/11" aria-label="11 October 2023: releases: 1"' in month


def test_a_day_leads_to_its_neighbours(put_at: Callable[[datetime], Entry]) -> None:
    for day in (1, 11, 30):
        put_at(datetime(2023, 10, day, 3, tzinfo=UTC))
    page = Client().get("/archive/2023/10/11").text
    assert '<a rel="prev" href="/archive/2023/10/01">' in page
    assert '<a rel="next" href="/archive/2023/10/30">' in page
    assert 'rel="prev" href="/archive' not in Client().get("/archive/2023/10/01").text


@pytest.mark.parametrize("path", ["2023/13", "2023/02/30", "0", "9999", "10000"])
def test_no_such_day(portal: Portal, path: str) -> None:
    assert Client().get(f"/archive/{path}").status_code == 404


def test_a_year_without_entries_is_an_empty_calendar(portal: Portal) -> None:
    assert figures.by_day(portal, date.today().year) == {}
    assert "Chưa có thông cáo nào ở đây." in Client().get("/archive/2023").text
