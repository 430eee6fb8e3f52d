"""The collector comes less often while much is made, then as before; what was freed goes back to the system."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from loa.lib import garbage

PIECE, PIECES = 2_000, 20_000  # bytes and number: forty megabytes


@pytest.fixture(autouse=True)
def unsettled() -> Iterator[None]:
    """The suite has settled (tests/conftest.py); these begin as a program does, and leave it as it was."""
    had_settled, before = gc.get_freeze_count() > 0, gc.get_threshold()
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    if had_settled:
        gc.collect()
        gc.freeze()


def test_it_comes_seldom_and_then_as_before() -> None:
    before = gc.get_threshold()
    with garbage.seldom():
        assert gc.get_threshold()[0] == garbage.SELDOM
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_what_breaks_off_leaves_nothing_behind() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken off"), garbage.seldom():
        raise ValueError("broken off")
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_a_program_that_serves_looks_no_more_at_what_is_loaded() -> None:
    garbage.settle()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold() == garbage.SERVING


def test_one_that_had_settled_stays_so() -> None:
    garbage.settle()
    with garbage.seldom():
        pass
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold() == garbage.SERVING


def test_what_is_garbage_in_one_that_had_settled_goes() -> None:
    class Knot:
        def __init__(self) -> None:
            self.self = self

    garbage.settle()
    seen = weakref.ref(Knot())
    with garbage.seldom():
        pass
    gc.collect()
    assert seen() is None


def private() -> int:
    """Bytes that this process alone has in memory."""
    rows = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return 1_000 * sum(int(row.split()[1]) for row in rows if row.startswith("Private_"))


@pytest.mark.skipif(garbage._trim is None, reason="the library of this system has no malloc_trim")
def test_what_was_freed_between_what_stays_is_handed_back() -> None:
    pieces = [bytes([number % 256]) * PIECE for number in range(PIECES)]
    stays = pieces[::50]
    before = private()
    del pieces
    garbage.give_back()
    assert before - private() > PIECE * PIECES // 2
    assert all(len(piece) == PIECE for piece in stays)
