"""spellings: what leads straight to a page is bounded, and so are the hosts that are remembered."""

import pytest

from loa.edge import door as doors
from loa.edge import spellings
from loa.edge.door import FrontDoor
from loa.edge.spellings import kept_portals
from tests.edge.conftest import TEXT, Reader, Site


def test_what_left_the_store_is_not_held_by_the_ways_to_it(site: Site, door: FrontDoor, reader: Reader) -> None:
    door.store.most_bytes = 50_000
    for number in range(200):
        reader.get(f"/r/a{number}/lua", HTTP_ACCEPT_ENCODING="gzip")
        reader.get(f"/r/a{number}/lua")
    assert door.store.bytes <= 50_000
    assert len(door.known) <= 2 * len(door.store)


@pytest.mark.parametrize("room", [0, 5_000])
def test_a_page_too_large_for_the_store_is_held_nowhere(site: Site, door: FrontDoor, reader: Reader, room: int) -> None:
    door.store.most_bytes = room
    for number in range(20):
        assert reader.get(f"/r/a{number}/lua") == TEXT.encode()
        assert reader.get(f"/r/a{number}/lua") == TEXT.encode()
    assert (len(site.asked), len(door.known), len(door.store)) == (40, 0, 0)


def test_a_stranger_who_invents_spellings_fills_nothing(site: Site, door: FrontDoor, reader: Reader) -> None:
    for number in range(500):
        reader.get(HTTP_ACCEPT_ENCODING=f"gzip;q=0.{number}", HTTP_HOST=f"x{number}.globalvn.vn")
    assert len(site.asked) == 1
    assert len(door.known) <= doors.SPELLINGS


def test_a_host_is_looked_up_once_in_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(host: str) -> str | None:
        asked.append(host)
        return host or None

    portal_of = kept_portals(find, seconds=5, most=3)
    assert [portal_of("a"), portal_of("a"), portal_of("")] == ["a", "a", None]
    assert asked == ["a", ""]
    now = spellings.monotonic()
    monkeypatch.setattr(spellings, "monotonic", lambda: now + 6)
    assert portal_of("a") == "a"
    assert asked == ["a", "", "a"]
    for number in range(100):
        portal_of(str(number))
