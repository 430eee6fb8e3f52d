"""What every page begins with, kept in this process until its tags are purged, and some seconds at most.

A portal, its sections and its like are read for each page that is made and change once a month; whatever changes them
purges the pages that show them. The counters are looked at before the first read, as for a page.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import TypeVar

from django.conf import settings

from loa.edge.actions.purge import generations
from loa.edge.generations import EVERY, slots_of

LONGEST = 5.0  # seconds; the front door knows hosts for as long
LONGEST_TAGGED = 30.0  # likewise, of what has tags of its own: as long as a page is fresh
LONGEST_SAID = 60.0  # likewise, of what its key says
MOST = 2_000  # values; hosts and the like may be invented by anybody
MOST_ROWS = 1_000  # values that are read several at once

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept:
    """Values by key; it keeps none until the server says so (`wsgi`): elsewhere a row may change without a purge."""

    def __init__(self) -> None:
        self.is_on = False
        self._values: dict[Hashable, tuple[tuple[int, ...], float, object]] = {}
        self._rows: dict[Hashable, tuple[tuple[int, ...], tuple[int, ...], float, object]] = {}

    def get(
        self, key: Hashable, read: Callable[[], Value], *, tags: tuple[str, ...] = (), is_said: bool = False
    ) -> Value:
        """What `read` gives, now or a moment ago; several threads may share it, so nobody changes it.

        `tags`: whatever changes the value purges one of these; none: any purge may be about it.
        `is_said`: the key says all that goes into the value, so that no purge is about it.
        """
        if not self.is_on:
            return read()
        seen, now = () if is_said else _counters(tags), monotonic()
        found = self._values.get(key)
        if found is not None and found[0] == seen and found[1] > now:
            return found[2]  # type: ignore[return-value]  # what the same key was read as
        value = read()
        if len(self._values) >= MOST:
            self._values.clear()
        longest = LONGEST_SAID if is_said else LONGEST_TAGGED if tags else LONGEST
        self._values[key] = (seen, now + longest, value)
        return value

    def several(
        self,
        of: Hashable,
        keys: Collection[Key],
        read: Callable[[list[Key]], Mapping[Key, Value]],
        tags: Callable[[Value], Iterable[str]],
    ) -> dict[Key, Value]:
        """What `read` gives for these keys `of` something, each kept until one of its own tags is purged.

        Those that are not kept are read together; what is not found is asked for each time. Requests share the values:
        what one of them sets there must be what any other would set at that moment.
        """
        if not self.is_on:
            return dict(read(list(keys)))
        counters, now, found, missing = generations(Path(settings.LOA_HOME)), monotonic(), {}, []
        for key in keys:
            slots, seen, until, value = self._rows.get((of, key), _NONE)
            if until > now and seen == tuple(counters.table[slot] for slot in slots):
                found[key] = value
            else:
                missing.append(key)
        if missing:
            then = counters.now()  # before the read: what is purged meanwhile is read again next time
            fresh = read(missing)
            if len(self._rows) + len(fresh) > MOST_ROWS:
                self._rows.clear()
            for key, value in fresh.items():
                slots = slots_of(tags(value))
                self._rows[of, key] = slots, tuple(then[slot] for slot in slots), now + LONGEST_TAGGED, value
            found |= fresh
        return found  # type: ignore[return-value]  # what the same keys were read as


_NONE: tuple[tuple[int, ...], tuple[int, ...], float, object] = ((), (), 0.0, None)


def _counters(tags: tuple[str, ...]) -> tuple[int, ...]:
    """How these stand."""
    table = generations(Path(settings.LOA_HOME)).table
    return tuple(table[slot] for slot in _slots(tags))


@lru_cache(maxsize=10_000)
def _slots(tags: tuple[str, ...]) -> tuple[int, ...]:
    """Their counters; without tags the one that moves at each purge."""
    return slots_of(tags) or (EVERY,)


kept = Kept()
