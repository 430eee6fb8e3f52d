"""The worker counts ahead; what it keeps is what the rows say, after whatever happened to them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry, State
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.merge import merge
from loa.lib import clock
from loa.organizations.actions.found import found
from loa.pages.actions import keep_figures as module
from loa.pages.actions.keep_figures import SHARE, Figures
from loa.pages.queries import figures as counts
from loa.pages.queries import front_page
from loa.places.models import Place
from loa.portals.models import Portal
from loa.portals.queries import kept_a_minute
from loa.releases.actions.correct import correct
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.stats.models import DailyViews
from loa.topics.models import Topic
from tests.conftest import Write

PutOut = Callable[..., Entry]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Figures:
    """A worker that has just started, and counts as often as there is news."""
    monkeypatch.setattr(module, "SHARE", 0)
    return Figures()


def kept(portal: Portal, key: str) -> Any:
    """What pages find; nothing may be counted by them here."""

    def never() -> None:
        raise AssertionError(key)

    return kept_a_minute(key, portal, never)[0]


def all_kept(portal: Portal, year: int) -> list[Any]:
    keys = (counts.BY_PLACE_KEY, counts.BY_TOPIC_KEY, counts.days_key(year), counts.MOST_READ_KEY)
    return [kept(portal, key) for key in keys]


def truth(portal: Portal, year: int) -> list[Any]:
    return [
        counts.by_place(portal),
        counts.by_topic(portal),
        counts.by_day(portal, year),
        front_page.most_read(portal),
    ]


def test_what_is_kept_is_what_the_rows_say(portal: Portal, put_out: PutOut, figures: Figures) -> None:
    year = clock.now().year
    for headline in ("Một", "Hai", "Ba"):
        put_out(headline=headline)
        figures.keep()
        assert all_kept(portal, year) == truth(portal, year)
    DailyViews.objects.create(entry=Entry.objects.get(current__headline="Hai"), day=clock.now().date(), views=3)
    figures.keep()
    assert all_kept(portal, year) == truth(portal, year)
    assert kept(portal, counts.MOST_READ_KEY)


def test_it_follows_every_act(
    portal: Portal, put_out: PutOut, figures: Figures, an: Person, stranger: Person, write: Write
) -> None:
    """Published, corrected to another place and topic, withdrawn, and of an organization merged into another."""
    year, places = clock.now().year, [Place.objects.create(name=one, slug=one, kind="province") for one in ("a", "b")]
    topic = Topic.objects.create(qcode="medtop:1", labels={"vi": "Kinh tế"})
    double = found(stranger, portal=portal, name="HTX Sao Mai Đồng Tháp", kind="cooperative")
    double.approved_at = clock.now()
    double.save()

    def check() -> list[Any]:
        figures.keep()
        assert all_kept(portal, year) == truth(portal, year)
        return all_kept(portal, year)

    entry = put_out(place=places[0])
    assert check()[0][places[0].pk] == 1
    release = Release.objects.get()
    fields = {"place": places[1], "topics": [topic]}
    correct(actor(an), release, fields=fields, reason="Sai nơi", expected_revision=release.revision)
    assert check()[0][places[1].pk] == 1
    publish(actor(stranger), submit(stranger, write(double, place=places[1])))
    assert check()[0][places[1].pk] == 2
    merge(SYSTEM, double, entry.organization)
    assert check()[0][places[1].pk] == 2
    release.refresh_from_db()
    withdraw(actor(an), release, statement="Sai.")
    assert check()[0][places[1].pk] == 1


def test_nothing_is_counted_again_where_nothing_happened(
    portal: Portal, put_out: PutOut, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_out()
    figures.keep()
    counted: list[str] = []
    for name in ("by_place", "by_topic", "by_day"):
        monkeypatch.setattr(counts, name, lambda *_, name=name: counted.append(name))
    before = kept(portal, counts.BY_PLACE_KEY)
    cache.clear()
    figures.keep()
    assert counted == []
    assert kept(portal, counts.BY_PLACE_KEY) == before


def test_only_the_year_something_happened_in_is_counted_again(
    portal: Portal, put_out: PutOut, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = put_out(headline="Cũ")
    Entry.objects.filter(pk=old.pk).update(published_at=clock.now() - timedelta(days=800))
    put_out(headline="Mới")
    figures.keep()
    counted: list[int] = []
    by_day = counts.by_day

    def counting(one: Portal, year: int) -> Any:
        counted.append(year)
        return by_day(one, year)

    monkeypatch.setattr(counts, "by_day", counting)
    put_out(headline="Mới nữa")
    figures.keep()
    assert counted == [clock.now().year]


def test_what_leaves_no_notice_is_counted_within_the_hour(
    portal: Portal, put_out: PutOut, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, year = put_out(), clock.now().year
    figures.keep()
    Entry.objects.filter(pk=entry.pk).update(state=State.WITHDRAWN)
    monkeypatch.setattr(module, "FOR_CERTAIN", 0.0)
    figures.keep()
    assert all_kept(portal, year) == truth(portal, year)


def test_a_slow_count_is_not_made_over_and_over_and_not_forgotten(
    portal: Portal, put_out: PutOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures, year = Figures(), clock.now().year
    put_out(headline="Một")
    figures.keep()
    slow = figures.counted[portal.pk, counts.days_key(year)]
    slow.took = 1_000.0
    put_out(headline="Hai")
    figures.keep()
    assert sum(kept(portal, counts.days_key(year)).values()) == 1
    slow.at -= SHARE * 1_000.0
    figures.keep()
    assert sum(kept(portal, counts.days_key(year)).values()) == 2


def test_pages_show_what_was_kept(client: Client, portal: Portal, put_out: PutOut, figures: Figures) -> None:
    place = Place.objects.create(name="Đồng Tháp", name_en="Dong Thap", slug="dong-thap", kind="province")
    entry = put_out()
    Entry.objects.filter(pk=entry.pk).update(place=place)
    figures.keep()
    Entry.objects.filter(pk=entry.pk).update(place=None)
    assert '<span class="figure">1</span>' in client.get("/p/").text
