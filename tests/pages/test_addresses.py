"""Addresses typed nearly right lead on, and nowhere else."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import clock
from loa.portals.models import Portal
from loa.search import record
from loa.search.actions.rebuild import rebuild

PutOut = Callable[..., Entry]


@pytest.mark.parametrize(
    "path", ["/latest", "/search", "/archive/2026/11", "/en/latest", "/en/archive/2026", "/archive", "/o/sao-mai"]
)
def test_a_slash_too_many_leads_to_the_page(portal: Portal, path: str) -> None:
    for method in (Client().get, Client().head):
        answer = method(f"{path}/?q=l%C3%BAa&x=1")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}?q=l%C3%BAa&x=1")
    assert Client().get(f"{path}/").headers["Location"] == path
    assert Client().post(f"{path}/").status_code == 404


def test_a_release_with_a_slash_leads_to_the_release(put_out: PutOut) -> None:
    where = archive.address(put_out())
    answer = Client().get(f"{where}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, where)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/", "///evil.example/", "/%5Cevil.example/", "//evil.example/latest/", "/latest//", "/nowhere/",
        "/en//evil.example/", "//latest/", "/%0D%0Alatest/", "/latest%0A/", "/vi/latest/",
    ],
)  # fmt: skip
def test_what_is_no_page_leads_nowhere(portal: Portal, path: str) -> None:
    answer = Client().get("/", PATH_INFO=path) if path.startswith("//") else Client().get(path)
    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize("path", ["/o/", "/t/", "/p/", "/en/"])
def test_a_page_that_ends_in_a_slash_stays(portal: Portal, path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_archive_leads_to_the_present_year(portal: Portal, prefix: str) -> None:
    answer = Client().get(f"{prefix}/archive")
    assert answer.status_code == 302
    assert answer.headers["Location"] in {f"{prefix}/archive/{clock.now().year + more}" for more in (0, 1)}
    assert answer.headers["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize("asked", ["-", "🎉", "!!!"])
def test_a_search_without_a_word_says_so(put_out: PutOut, asked: str) -> None:
    put_out()
    rebuild(record.everything())
    assert "Câu hỏi chưa có từ nào để tìm." in Client().get("/search", {"q": asked}).text
    assert "There is no word to look for yet." in Client().get("/en/search", {"q": asked}).text
    assert "Không tìm thấy gì." in Client().get("/search", {"q": "khongcogi"}).text


@pytest.mark.parametrize("ending", ["", "/sai", ".md"])
def test_an_id_that_was_read_out_leads_to_the_release(put_out: PutOut, ending: str) -> None:
    entry = put_out()
    Entry.objects.filter(pk=entry.pk).update(public_id="1h2x5s0arj")
    entry.refresh_from_db()
    right = archive.address(entry)
    end = right if ending != ".md" else f"{right}.md"
    asked = f"/r/IH2x5sOarj{ending}" if ending != ".md" else right.replace("1h2x5s0arj", "lH2X5SoARJ") + ".md"
    answer = Client().get(f"{asked}?utm_source=thu")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{end}?utm_source=thu")
    assert Client().get("/r/1H2X5S0ARZ").status_code == 404


def test_another_slug_keeps_the_question(put_out: PutOut) -> None:
    right = archive.address(put_out())
    answer = Client().get(f"{right}-cu?q=l%C3%BAa&x=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{right}?q=l%C3%BAa&x=1")


def test_browsers_find_an_icon_without_being_told(portal: Portal) -> None:
    for path, kind in (
        ("/favicon.ico", "image/x-icon"),
        ("/apple-touch-icon.png", "image/png"),
        ("/apple-touch-icon-precomposed.png", "image/png"),
    ):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert Client().get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    page = Client().get("/en/").text
    assert 'href="/favicon.ico"' in page
    assert 'href="/apple-touch-icon.png"' in page


def test_keepers_of_passwords_find_where_to_change_one(portal: Portal) -> None:
    answer = Client().get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/password/change/")
    assert (
        Client().get("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200").status_code
        == 404
    )
