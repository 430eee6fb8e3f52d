"""What every page begins with, kept in this process until its tags are purged, and some seconds at most.

A portal, its sections and its like are read for each page that is made and change once a month; whatever changes them
purges the pages that show them. The counters are looked at before the first read, as for a page.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import TypeVar

from django.conf import settings

from loa.edge.actions.purge import generations
from loa.edge.generations import EVERY, slots_of

LONGEST = 5.0  # seconds; the front door knows hosts for as long
LONGEST_TAGGED = 30.0  # likewise, of what has tags of its own: as long as a page is fresh
MOST = 2_000  # values; hosts and the like may be invented by anybody

Value = TypeVar("Value")


class Kept:
    """Values by key; it keeps none until the server says so (`wsgi`): elsewhere a row may change without a purge."""

    def __init__(self) -> None:
        self.is_on = False
        self._values: dict[Hashable, tuple[tuple[int, ...], float, object]] = {}

    def forget(self) -> None:
        """Let go of everything, as half a minute does: for whoever measures or tests."""
        self._values.clear()

    def get(self, key: Hashable, read: Callable[[], Value], *, tags: tuple[str, ...] = ()) -> Value:
        """What `read` gives, now or a moment ago; several threads may share it, so nobody changes it.

        `tags`: whatever changes the value purges one of these; none: any purge may be about it.
        """
        if not self.is_on:
            return read()
        seen, now = _counters(tags), monotonic()
        found = self._values.get(key)
        if found is not None and found[0] == seen and found[1] > now:
            return found[2]  # type: ignore[return-value]  # what the same key was read as
        value = read()
        if len(self._values) >= MOST:
            self._values.clear()
        self._values[key] = (seen, now + (LONGEST_TAGGED if tags else LONGEST), value)
        return value


def _counters(tags: tuple[str, ...]) -> tuple[int, ...]:
    """How these stand."""
    table = generations(Path(settings.LOA_HOME)).table
    return tuple(table[slot] for slot in _slots(tags))


@lru_cache(maxsize=10_000)
def _slots(tags: tuple[str, ...]) -> tuple[int, ...]:
    """Their counters; without tags the one that moves at each purge."""
    return slots_of(tags) or (EVERY,)


kept = Kept()
