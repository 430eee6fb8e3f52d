"""door: what may be kept is kept, and gone the moment it is purged."""

import pytest

from loa.edge.generations import Generations
from tests.edge.conftest import TEXT, Reader, Site


def test_the_second_reader_is_answered_from_memory(site: Site, reader: Reader) -> None:
    assert [reader.get() for _ in range(3)] == [TEXT.encode()] * 3
    assert len(site.asked) == site.closed == 1
    assert reader.headers["content-length"] == str(len(TEXT.encode()))
    assert reader.headers["cache-control"] == "public, max-age=30"


def test_a_purge_makes_it_stale_and_another_tags_does_not(site: Site, reader: Reader, generations: Generations) -> None:
    reader.get()
    generations.move(["entry:b"])
    reader.get()
    assert len(site.asked) == 1
    site.body = b"corrected" * 50
    generations.move(["front"])
    assert reader.get() == b"corrected" * 50
    assert reader.get() == b"corrected" * 50
    assert len(site.asked) == 2


def test_a_page_made_while_it_was_purged_is_sent_and_not_kept(
    site: Site, reader: Reader, generations: Generations
) -> None:
    site.meanwhile = lambda: generations.move(["entry:a"])
    reader.get()
    site.meanwhile = lambda: None
    site.body = b"newer" * 90
    assert reader.get() == b"newer" * 90
    assert len(site.asked) == 2


@pytest.mark.parametrize("changes", [
    {"Set-Cookie": "a=b"}, {"Vary": "Cookie"}, {"Vary": "Accept-Language, Accept"}, {"Cache-Control": "private"},
    {"Cache-Control": "no-store"}, {"Cache-Tag": ""},
])  # fmt: skip
def test_what_is_not_for_everyone_is_not_kept(site: Site, reader: Reader, changes: dict[str, str]) -> None:
    site.headers |= changes
    assert reader.get() == reader.get() == TEXT.encode()
    assert len(site.asked) == site.closed == 2


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "410 Gone", "500 Oh", "206 Partial"])
def test_nothing_but_whole_pages_is_kept(site: Site, reader: Reader, status: str) -> None:
    site.status = status
    reader.get()
    reader.get()
    assert (len(site.asked), reader.status) == (2, status)


@pytest.mark.parametrize("asked", [
    {"method": "POST"}, {"query": "q=lua"}, {"query": "before=1&utm_source=x"}, {"query": "before=" + "1" * 300},
    {"HTTP_RANGE": "bytes=0-1"}, {"HTTP_ACCEPT": "text/markdown"}, {"HTTP_HOST": "elsewhere.example"},
    {"path": "/media/x.webp"},
])  # fmt: skip
def test_what_may_differ_is_always_asked(site: Site, reader: Reader, asked: dict[str, str]) -> None:
    reader.get()
    for _ in range(2):
        assert reader.get(**asked)
    assert len(site.asked) == 3


def test_pages_of_a_list_are_kept_apart(site: Site, reader: Reader) -> None:
    reader.get("/latest")
    site.body = b"older" * 90
    assert reader.get("/latest", "before=12") == b"older" * 90
    assert reader.get("/latest") == TEXT.encode()
    assert len(site.asked) == 2


def test_whoever_is_signed_in_gets_the_same_page_and_makes_none(site: Site, reader: Reader) -> None:
    reader.get(HTTP_COOKIE="session=x")
    assert site.asked[0]["HTTP_COOKIE"] == "session=x"
    reader.get()
    assert reader.get(HTTP_COOKIE="session=x") == TEXT.encode()
    assert len(site.asked) == 2
    assert "HTTP_COOKIE" not in site.asked[1]


def test_readers_of_a_release_are_told_of(site: Site, reader: Reader, seen: list[str]) -> None:
    reader.get()
    reader.get()
    reader.get("/latest")
    reader.get(HTTP_COOKIE="session=x", path="/r/b/kho")
    assert seen == ["a", "a", "b"]
    site.status = "404 Not Found"
    reader.get("/r/c/khong")
    reader.get("/r/c/khong", HTTP_COOKIE="session=x")
    assert seen == ["a", "a", "b"]
