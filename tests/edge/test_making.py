"""making: one request makes a page, and what becomes of those who come meanwhile."""

import threading

import pytest

from loa.edge import door as doors
from loa.edge.door import FrontDoor
from loa.edge.generations import Generations
from loa.edge.store import Key
from tests.edge.conftest import TEXT, Reader, Site, eventually


def test_after_its_time_one_makes_it_anew_and_others_get_the_old_one(
    site: Site, door: FrontDoor, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get()
    now = doors.monotonic()
    monkeypatch.setattr(doors, "monotonic", lambda: now + doors.FRESH + 1)
    site.body = b"newer" * 90
    others: list[bytes] = []
    site.meanwhile = lambda: others.append(Reader(door).get())
    assert reader.get() == b"newer" * 90
    assert others == [TEXT.encode()]
    site.meanwhile = lambda: None
    monkeypatch.setattr(doors, "monotonic", lambda: now + 3 * (doors.FRESH + doors.STALE))
    site.body = b"newest" * 90
    assert reader.get() == b"newest" * 90


def test_many_who_come_at_once_ask_for_one_page(site: Site, door: FrontDoor) -> None:
    door.gate.waiting = threading.BoundedSemaphore(20)
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(120)

    site.meanwhile = slowly
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda: got.append(Reader(door).get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert got == [TEXT.encode()] * 8
    assert len(site.asked) == 1


def test_a_page_made_between_a_look_and_a_turn_is_not_made_again(
    site: Site, door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_turn = door._may_make

    def late(key: Key) -> bool:
        monkeypatch.setattr(door, "_may_make", take_turn)
        assert Reader(door).get() == TEXT.encode()
        return take_turn(key)

    monkeypatch.setattr(door, "_may_make", late)
    assert Reader(door).get() == TEXT.encode()
    assert len(site.asked) == 1


def test_a_page_purged_while_it_was_made_is_made_once_more_for_all_who_waited(
    site: Site, door: FrontDoor, generations: Generations
) -> None:
    """Whoever came before the purge may have read an old one, those who wait not; and they do not all ask Django."""
    door.gate.waiting = threading.BoundedSemaphore(20)
    begun, go_on, first = threading.Event(), threading.Event(), Reader(door)

    def slowly() -> None:
        begun.set()
        assert go_on.wait(120)

    site.meanwhile = slowly
    making = threading.Thread(target=first.get)
    making.start()
    assert begun.wait(10)
    site.body, site.meanwhile = b"corrected" * 50, lambda: generations.move(["entry:a"])  # and purged once more
    got: list[bytes] = []
    waiting = [threading.Thread(target=lambda: got.append(Reader(door).get())) for _ in range(8)]
    generations.move(["entry:a"])
    for thread in waiting:
        thread.start()
    assert eventually(lambda: door.gate.waiting._value == 12)  # type: ignore[attr-defined]  # all eight wait
    go_on.set()
    for thread in [making, *waiting]:
        thread.join(60)
    assert got == [b"corrected" * 50] * 8
    assert len(site.asked) == 2


def test_an_application_that_fails_leaves_no_place_taken(site: Site, door: FrontDoor, reader: Reader) -> None:
    def fail() -> None:
        raise RuntimeError

    site.meanwhile = fail
    for _ in range(5):
        with pytest.raises(RuntimeError):
            reader.get()
    site.meanwhile = lambda: None
    assert reader.get() == TEXT.encode()
    assert not door.making
