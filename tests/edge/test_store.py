"""store: bounded, forgetful of what is asked once, faithful to what is asked again."""

import gc
import weakref
from math import inf

from loa.edge.encodings import GZIP, PLAIN
from loa.edge.etags import made_form
from loa.edge.store import OVERHEAD, Page, Store


class Body(list[bytes]):
    """One that can be looked for."""


ROOM = 20 * (OVERHEAD + 1_000)


def page(name: str, size: int = 1_000, good_until: float = inf) -> Page:
    return Page(
        key=("p", name, ""), headers=[], body=b"x" * size, etag='"e"', slots=(), then=(), seen_at=0, fresh_until=0.0,
        good_until=good_until, vary="Accept-Encoding", release="",
    )  # fmt: skip


def test_it_never_holds_more_than_its_bytes() -> None:
    store = Store(ROOM)
    for number in range(500):
        store.put(page(str(number), size=200 + number))
        assert store.bytes <= ROOM
        assert store.bytes == sum(one.size for one in store)


def test_a_crawler_does_not_push_out_what_readers_ask_for() -> None:
    store = Store(ROOM)
    hot = [f"hot{number}" for number in range(5)]
    for name in hot:
        store.put(page(name))
    for number in range(10_000):
        for name in hot:
            assert store.get(("p", name, "")) is not None, number
        store.put(page(f"crawled{number}"))


def test_what_nobody_asks_for_any_more_goes() -> None:
    store = Store(ROOM)
    store.put(page("yesterday", good_until=0))
    store.get(("p", "yesterday", ""))
    for number in range(60):
        store.put(page(str(number)))
    assert store.get(("p", "yesterday", "")) is None


def test_a_page_takes_the_place_of_its_older_self() -> None:
    store = Store(ROOM)
    first, second = page("a"), page("a", size=2_000)
    store.put(first)
    store.put(second)
    assert (len(store), store.holds(first), store.bytes) == (1, False, second.size)
    store.drop(second.key)
    store.drop(second.key)
    assert (len(store), store.bytes) == (0, 0)


def test_a_page_too_large_for_the_store_is_not_kept() -> None:
    store = Store(ROOM)
    store.put(page("a"))
    store.put(page("a", size=ROOM))
    assert len(store) == 0


def test_another_encoding_counts() -> None:
    store = Store(ROOM)
    for number in range(20):
        store.put(page(str(number)))
    newest = page("newest")
    store.put(newest)
    newest.visited = True
    store.grow(newest, 5_000)
    assert store.bytes <= ROOM
    gone = page("gone")
    before = store.bytes
    store.grow(gone, 5_000)
    assert store.bytes == before


def test_the_bytes_of_a_page_that_left_wait_for_no_collection() -> None:
    """It comes once in thousands of pages: a crawler made web workers grow by hundreds of megabytes."""
    store, left = Store(ROOM), page("a")
    store.put(left)
    left.forms |= {encoding: made_form(left, encoding) for encoding in (PLAIN, GZIP)}
    body = left.forms[GZIP].body = Body(left.forms[GZIP].body)
    there = weakref.ref(body)
    gc.disable()
    try:
        store.drop(left.key)
        del left, body
        assert there() is None
    finally:
        gc.enable()
