"""The collector comes less often while much is made, and as often as before afterwards, whatever happened."""

import gc

import pytest

from loa.lib import garbage


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
    before = gc.get_threshold()
    try:
        garbage.settle()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() == garbage.SERVING
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
