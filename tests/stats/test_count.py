"""count: adds views and what else happened, and passes over what cannot be true."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loa.archive.models import Entry
from loa.lib import clock
from loa.stats import queries
from loa.stats.actions.count import MOST_NAMES, count
from loa.stats.actions.forget import forget
from loa.stats.models import Tally
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


def test_a_link_in_letters_of_its_own_is_known_as_browsers_say_it(entry: Entry) -> None:
    assert entry.current is not None
    type(entry.current).objects.filter(pk=entry.current.pk).update(body_html='<a href="https://cảng.vn/">Cảng</a>')
    said = "xn--cng-0gz.vn"
    count({(entry.public_id, "click", host): 1 for host in (said, "cang.vn")})
    assert tallied(entry) == {("click", said): 1}


def test_what_was_believed_once_needs_no_text_again(entry: Entry) -> None:
    assert entry.current is not None
    type(entry.current).objects.filter(pk=entry.current.pk).update(source_url="https://nguon.vn/1")
    click = {(entry.public_id, "click", "nguon.vn"): 1}
    count(click)
    type(entry.current).objects.filter(pk=entry.current.pk).update(source_url="")
    with CaptureQueriesContext(connection) as asked:
        count(click)
    assert not any("body_html" in one["sql"] for one in asked)
    assert tallied(entry) == {("click", "nguon.vn"): 2}


def test_rare_names_are_forgotten_and_sums_stay(entry: Entry) -> None:
    public_id = entry.public_id
    count({(public_id, "view", ""): 7, (public_id, "word", "hiem"): 4, (public_id, "word", "cảng"): 5})
    count({(public_id, "from", "a.vn"): 4, (public_id, "from", "b.vn"): 3, (public_id, "from", "c.vn"): 5})
    long_ago = (clock.now() - timedelta(days=40)).date()
    Tally.objects.update(day=long_ago)
    count({(public_id, "word", "moi"): 1})
    assert not forget()
    once = tallied(entry)
    assert once == {
        ("language", ""): 7, ("word", "cảng"): 5, ("word", "moi"): 1, ("from", "c.vn"): 5, ("from", ""): 7,
    }  # fmt: skip
    assert not forget()
    assert tallied(entry) == once
    assert queries.views_of([entry.pk]) == {entry.pk: 7}


def test_it_says_when_there_is_more_to_forget(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.stats.actions.forget.AT_ONCE", 2)
    count({(entry.public_id, "word", f"từ {number}"): 1 for number in range(3)})
    Tally.objects.update(day=(clock.now() - timedelta(days=40)).date())
    assert [forget(), forget()] == [True, False]
    assert not tallied(entry)
