"""The search page: what it says, how it narrows, sorts and leads on."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from loa.archive.models import Entry, Version
from loa.organizations.models import Organization
from loa.search import queries, record
from loa.search.actions.rebuild import rebuild

PutOut = Callable[..., Entry]


def shown(q: str = "", path: str = "/search", **more: str) -> str:
    page = Client().get(path, {"q": q, **more})
    assert page.status_code == 200
    return page.content.decode()


@pytest.fixture
def entries(put_out: PutOut) -> list[Entry]:
    first = put_out(headline="Sao Mai gặt lúa lần 0", kind="news")
    made = [first, *(again(first, number) for number in range(1, 25))]
    for number, entry in enumerate(made):
        day = datetime(2023, 1, 1, 3, tzinfo=UTC) + timedelta(days=40 * number)
        Entry.objects.filter(pk=entry.pk).update(published_at=day)
    rebuild(record.everything())
    return made


def again(entry: Entry, number: int) -> Entry:
    """One more entry like that one: to publish each would take longer than all that is looked at here."""
    other, text = Entry.objects.get(pk=entry.pk), Version.objects.get(pk=entry.current_id)
    other.pk, other.public_id, other.release_key, other.current = None, f"again{number}", f"again-{number}", None
    other.save(force_insert=True)
    text.pk, text.entry, text.headline = None, other, f"Sao Mai gặt lúa lần {number}"
    text.save(force_insert=True)
    other.current = text
    other.save()
    return other


def test_by_date_a_cursor_leads_down_and_up(entries: list[Entry]) -> None:
    first = shown("sao mai", sort="date")
    assert first.index("lần 24") < first.index("lần 23")
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = Client().get(f"/search{older}").content.decode()
    assert "lần 0<" in second
    assert "lần 24" not in second
    newer = second.partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "lần 24" in Client().get(f"/search{newer}").content.decode()


def test_by_relevance_pages_have_numbers(entries: list[Entry]) -> None:
    assert "page=2" in shown("sao mai")
    second = shown("sao mai", page="2")
    assert second.count('class="line"') == 5
    assert "page=3" not in second


def test_it_tells_how_many_there_are_and_how_they_spread(entries: list[Entry]) -> None:
    page = shown("sao mai")
    assert "25 kết quả" in page
    assert "year=2024" in page
    narrowed = shown("sao mai", year="2024")
    assert "Năm: 2024" in narrowed
    assert "25 kết quả" not in narrowed


def test_a_large_number_is_about(entries: list[Entry]) -> None:
    from loa.pages.views.search import _count

    assert _count(1_000) == {"number": 1_000, "is_about": False}
    assert _count(12_345) == {"number": 12_000, "is_about": True}


def test_numbers_out_of_a_sample_are_said_to_be_estimates(
    entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = queries.search
    monkeypatch.setattr(queries, "search", lambda *of: replace(counted(*of), entries=213_816, is_about=True))
    page = shown("sao mai")
    assert "khoảng 210.000 kết quả" in page
    assert "ước lượng" in page
    assert "numbers below are estimates" in shown("sao mai", "/en/search")


def test_limits_typed_in_the_words_narrow_it(entries: list[Entry]) -> None:
    assert "9 kết quả" in shown("sao mai từ:2024 trước:2025")
    assert "0 kết quả" in shown('lúa -org:"sao mai"')


def test_what_was_no_command_is_said(entries: list[Entry]) -> None:
    page = shown("sao mai từ:hôm-kia")
    assert "“từ:hôm-kia” không phải là ngày" in page
    assert "is no date" in shown("sao mai from:yesterday", "/en/search")
    assert "Không có bộ lọc nào tên là “title:”" in shown("title:lúa")
    assert "There is no filter called “title:”" in shown("title:lúa", "/en/search")


def test_a_question_far_too_long_is_cut_and_said(entries: list[Entry]) -> None:
    page = shown("sao" * 3_000)
    assert "Câu tìm quá dài: chỉ 400 ký tự đầu được dùng." in page
    assert "sao" * 134 not in page
    assert f"<title>{'sao' * 26}s… · " in page
    assert "only its first 400" in shown("sao" * 3_000, "/en/search")
    assert "quá dài" not in shown("s" * 400)


def test_a_typing_error_is_put_right_by_a_link(entries: list[Entry]) -> None:
    page = shown("sao maii", year="2024")
    assert "Có phải bạn tìm" in page
    assert "?q=sao+mai&amp;year=2024" in page


def test_no_address_is_an_error(entries: list[Entry]) -> None:
    for wrong in (
        {"page": "x"}, {"before": "x", "sort": "date"}, {"after": "-" * 30, "sort": "date"}, {"year": "abcd"},
        {"place": "x"}, {"topic": "'"}, {"language": "xx"}, {"kind": "<b>"},
    ):  # fmt: skip
        shown("sao", **wrong)


def test_without_an_index_the_newest_headlines_are_looked_through(entries: list[Entry]) -> None:
    shutil.rmtree(queries.engine().folder)
    page = shown("lan 24")
    assert "đang được dựng lại" in page
    assert page.count('class="line"') == 1
    assert "is being rebuilt" in shown("", "/en/search")


def test_suggestions(entries: list[Entry], organization: Organization) -> None:
    cache.clear()
    Organization.objects.update(approved_at=datetime(2023, 1, 1, tzinfo=UTC))
    found = json.loads(Client().get("/search/suggest", {"q": "sao m"}).content)
    assert f"/o/{organization.slug}" in [one["path"] for one in found["organizations"]]
    assert len(found["headlines"]) == 5
    assert Client().get(found["headlines"][0]["path"]).status_code == 200
    assert json.loads(Client().get("/search/suggest", {"q": "s"}).content) == {
        "organizations": [],
        "topics": [],
        "headlines": [],
    }
    shutil.rmtree(queries.engine().folder)
    assert Client().get("/search/suggest", {"q": "sao m"}).status_code == 200


def test_a_search_can_be_followed_with_its_limits(entries: list[Entry]) -> None:
    page = shown("sao mai", year="2024")
    assert "/search/feed.xml?q=sao+mai&amp;year=2024" in page
    feed = Client().get("/search/feed.json", {"q": "sao mai", "year": "2024"}).content.decode()
    assert len(json.loads(feed)["items"]) == 9


def test_it_asks_few_questions_of_the_database(
    entries: list[Entry], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = Client()
    client.get("/search")
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get("/search", {"q": "sao mai", "year": "2024"})
