"""The front page grows with what there is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from loa.archive.models import Entry, Occasion, State
from loa.lib import clock
from loa.organizations.models import Organization
from loa.pages.queries.front_page import going_on
from loa.stats.models import DailyViews

PutOut = Callable[..., Entry]


@pytest.fixture(autouse=True)
def nothing_kept(db: None) -> None:
    cache.clear()


def test_an_empty_portal_promises_nothing(client: Client, put_out: PutOut) -> None:
    put_out()
    page = client.get("/").text
    assert "Sự kiện sắp tới" not in page
    assert "Đọc nhiều" not in page


def test_an_event_ahead_is_shown_until_it_is_over(client: Client, put_out: PutOut) -> None:
    entry, now = put_out(headline="Hội nghị lúa"), clock.now()
    occasion = Occasion.objects.create(
        entry=entry, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    assert "Sự kiện sắp tới" in client.get("/").text
    occasion.ends_at = now - timedelta(minutes=1)
    occasion.save()
    assert "Sự kiện sắp tới" not in client.get("/").text


def test_an_event_that_begins_before_the_worker_looks_again_is_among_those_that_go_on(put_out: PutOut) -> None:
    entry, later, now = put_out(headline="Hội nghị lúa"), put_out(headline="Hội chợ"), clock.now()
    for one, seconds in ((entry, 40), (later, 90)):
        begins = now + timedelta(seconds=seconds)
        Occasion.objects.create(entry=one, starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert going_on(entry.portal) == [entry.pk]


def test_what_is_read_most_stands_in_order_with_its_moment(client: Client, put_out: PutOut) -> None:
    less, more, old = put_out(headline="Ít đọc hơn"), put_out(headline="Đọc nhiều nhất"), put_out(headline="Tuần trước")
    today = clock.now().date()
    for entry, views, back in ((less, 5, 1), (more, 9, 2), (old, 99, 9)):
        DailyViews.objects.create(entry=entry, day=today - timedelta(days=back), views=views)
    page = client.get("/").text
    listed = page[page.index("Đọc nhiều trong 7 ngày") : page.index("Tính đến")]
    assert listed.index("Đọc nhiều nhất") < listed.index("Ít đọc hơn")
    assert "Tuần trước" not in listed


def test_a_withdrawn_text_is_not_read_most(client: Client, put_out: PutOut) -> None:
    entry = put_out(headline="Tin đã rút")
    DailyViews.objects.create(entry=entry, day=clock.now().date(), views=5)
    assert "Đọc nhiều" in client.get("/").text
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    assert "Tin đã rút" not in client.get("/").text


def test_who_came_lately_is_shown_for_sixty_days(client: Client, put_out: PutOut, organization: Organization) -> None:
    put_out()
    page = client.get("/").text
    assert page[page.index("Mới đến cổng") :].count("Hợp tác xã Sao Mai") >= 1
    organization.approved_at = clock.now() - timedelta(days=61)
    organization.save()
    assert "Mới đến cổng" not in client.get("/").text


def test_a_suspended_newcomer_is_not_shown_off(client: Client, put_out: PutOut, organization: Organization) -> None:
    put_out()
    organization.suspended_at = clock.now()
    organization.save()
    assert "Mới đến cổng" not in client.get("/").text


@pytest.mark.parametrize(
    "changed",
    [{"state": State.WITHDRAWN, "changed_at": clock.now(), "statement": "Rút lại."}, {"kind": "life"}],
    ids=["withdrawn", "a story of a house"],
)
def test_what_was_counted_a_moment_ago_and_is_no_news_any_more_is_not_shown(
    client: Client, put_out: PutOut, changed: dict[str, object]
) -> None:
    stays, goes = put_out(headline="Tin còn đọc"), put_out(headline="Tin đã thôi")
    for entry, views in ((goes, 9), (stays, 5)):
        DailyViews.objects.create(entry=entry, day=clock.now().date(), views=views)
    assert client.get("/").text.count("Tin đã thôi") > 1
    Entry.objects.filter(pk=goes.pk).update(**changed)
    page = client.get("/").text
    assert "Tin đã thôi" not in page
    assert "Tin còn đọc" in page[page.index("Đọc nhiều trong 7 ngày") :]
