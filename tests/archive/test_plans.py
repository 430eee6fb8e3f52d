"""What large portals ask again and again is read along an index; SQLite has no figures of its tables to choose by."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loa.archive import queries
from loa.archive.models import Entry, State
from loa.lib import clock
from loa.portals.models import Portal
from loa.search import queries as finding
from loa.search.queries import Hit

PutOut = Callable[..., Entry]


@pytest.fixture(autouse=True)
def only_on_sqlite() -> None:
    """PostgreSQL chooses by what its tables hold, and these hold next to nothing."""
    if connection.vendor != "sqlite":
        pytest.skip("plans of SQLite")


def plan(asked: QuerySet[Any] | str) -> str:
    """How SQLite goes about it."""
    with connection.cursor() as cursor:
        sql, values = (asked, None) if isinstance(asked, str) else asked.query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def statements(client: Client, path: str, having: str) -> list[str]:
    """Those a page asks that name this."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in asked.captured_queries if having in one["sql"]]


def test_what_was_withdrawn_lately_is_not_looked_for_among_all_that_ever_was(portal: Portal) -> None:
    gone = Entry.objects.filter(
        portal=portal, state=State.WITHDRAWN, changed_at__gte=clock.now() - timedelta(days=30)
    ).order_by("-changed_at", "-id")
    for rows in (gone, gone.filter(section=1), gone.exclude(kind=queries.LIFE)):
        assert "entry_withdrawn" in plan(rows.values("pk")[:50])


@pytest.mark.parametrize("path", ["/feed.xml", "/feed.json", "/s/kinh-te/feed.atom"])
def test_feeds_look_there(client: Client, put_out: PutOut, path: str) -> None:
    put_out()
    (asked,) = statements(client, path, "'withdrawn'")
    assert "entry_withdrawn" in plan(asked)


@pytest.mark.parametrize("path", ["/o/", "/o/?letter=H"])
def test_whether_an_organization_published_is_seen_among_its_own(client: Client, put_out: PutOut, path: str) -> None:
    """Of two indexes that fit a question alike SQLite takes the one that was made last."""
    put_out()
    for asked in statements(client, path, 'EXISTS(SELECT 1 AS "a" FROM "archive_entry"'):
        found = plan(asked)
        assert "(organization_id=? AND state=?)" in found
        assert "entry_newest" not in found


@pytest.mark.parametrize("most", [4, 21, 500])
def test_what_goes_on_now_is_looked_for_among_what_is_still_to_end(portal: Portal, most: int) -> None:
    rows = queries.under_way(queries.occasions(portal.pk), clock.now())
    found = plan(rows.order_by("begins", "entry_id").values("entry_id")[:most])
    assert "starts_at_" not in found
    assert "COVERING INDEX occasion_under_way" in found


def test_the_page_of_events_looks_there(client: Client, put_out: PutOut) -> None:
    put_out()
    (asked,) = statements(client, "/events", '"ends_at" >=')
    assert "COVERING INDEX occasion_under_way" in plan(asked)


def test_topics_in_use_are_asked_one_by_one(client: Client, put_out: PutOut) -> None:
    put_out()
    (asked,) = statements(client, "/sitemap-lists-1.xml", 'FROM "topics_topic"')
    found = plan(asked)
    assert "SEARCH V0 USING" in found
    assert "topic_id=?" in found


def test_a_few_of_a_portals_are_looked_for_by_their_ids(portal: Portal) -> None:
    for rows in (queries.among(portal.pk, ["a", "b"]), queries.news_among(portal.pk, ["a", "b"])):
        assert "sqlite_autoindex_archive_entry_1 (public_id=?)" in plan(rows)


def test_what_a_search_found_is_looked_for_so_too(
    client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = put_out()
    hit = Hit(public_id=entry.public_id, language="vi")
    monkeypatch.setattr(finding, "search", lambda *_: finding.SearchResult(hits=(hit,), total=1))
    asked = statements(client, "/search/feed.xml?q=gao", '"public_id" IN')
    assert asked
    for one in asked:
        assert "entry_newest" not in plan(one)


@pytest.mark.parametrize("over", [{}, {"other": 2, "ended": clock.now()}])
def test_what_sisters_publish_about_a_place_is_looked_for_among_the_few_that_are_listed(
    portal: Portal, over: dict[str, Any]
) -> None:
    own, here = queries.of_places(queries.news(portal.pk), portal.pk, places=[1], **over)
    assert all("entry_of_place (place_id=? AND portal_id=?" in plan(rows.values("pk")[:50]) for rows in own)
    found = plan(here.values("pk")[:50])
    assert "cross_listing_of_portal" in found
    assert "entry_of_place" not in found
