"""count: adds views and what else happened, and passes over what cannot be true."""

from datetime import timedelta

import pytest

from loa.archive.models import Entry
from loa.lib import clock
from loa.stats import queries
from loa.stats.actions.count import MOST_NAMES, count
from loa.stats.actions.forget import forget
from loa.stats.models import HourlyViews, Tally, What
from tests.entries import make_entry, make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    return make_entry(make_portal(), "một")


def tallied(entry: Entry) -> dict[tuple[str, str], int]:
    return {(row.what, row.name): row.count for row in Tally.objects.filter(entry=entry)}


def test_views_add_to_those_from_before(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(views_before=100)
    count({(entry.public_id, "view", ""): 2, ("zzz", "view", ""): 5})
    count({(entry.public_id, "view", "en"): 3})
    assert queries.views_of([entry.pk]) == {entry.pk: 105}
    day = entry.published_at.date()
    assert queries.most_read(entry.portal_id, days=[day, day + timedelta(days=1)]) == [entry.pk]
    assert sum(HourlyViews.objects.values_list("views", flat=True)) == 5
    assert tallied(entry) == {("language", ""): 2, ("language", "en"): 3}


def test_a_click_counts_where_the_text_links_to_that_host(entry: Entry) -> None:
    assert entry.current is not None
    type(entry.current).objects.filter(pk=entry.current.pk).update(
        body_html='<p><a href="https://Mua.Vidu.vn/x">Mua</a></p>', source_url="https://nguon.vn/1"
    )
    clicks = {(entry.public_id, "click", host): 1 for host in ("mua.vidu.vn", "nguon.vn", "xau.example")}
    count(clicks)
    assert tallied(entry) == {("click", "mua.vidu.vn"): 1, ("click", "nguon.vn"): 1}


def test_invented_names_do_not_fill_the_table(entry: Entry) -> None:
    for start in (0, MOST_NAMES):
        count({(entry.public_id, "from", f"so{n}.vn"): 1 for n in range(start, start + MOST_NAMES)})
    found = tallied(entry)
    assert len(found) == MOST_NAMES + 1
    assert found["from", ""] == MOST_NAMES


def test_hours_and_rare_words_are_forgotten_and_days_stay(entry: Entry) -> None:
    count(
        {(entry.public_id, "view", ""): 7, (entry.public_id, "word", "hiem"): 4, (entry.public_id, "word", "cảng"): 5}
    )
    long_ago = clock.now() - timedelta(days=40)
    HourlyViews.objects.update(hour=long_ago)
    Tally.objects.update(day=long_ago.date())
    forget()
    forget()
    assert not HourlyViews.objects.exists()
    assert tallied(entry) == {("language", ""): 7, (What.WORD.value, "cảng"): 5}
    assert queries.views_of([entry.pk]) == {entry.pk: 7}
