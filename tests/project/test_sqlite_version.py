"""The range of SQLite versions whose write-ahead log several processes must not share."""

import pytest

from loa.project.sqlite_version import is_vulnerable


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_it_has_the_race(version: tuple[int, int, int]) -> None:
    """Before the fix."""
    assert is_vulnerable(version)


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 4)])
def test_it_has_the_fix(version: tuple[int, int, int]) -> None:
    """The fixed versions, and the lines it was carried back to."""
    assert not is_vulnerable(version)
