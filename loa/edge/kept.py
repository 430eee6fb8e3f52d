"""What every page begins with, kept in this process until anything is purged, and some seconds at most.

A portal, its sections and its like are read for each page that is made and change once a month; whatever changes them
purges the pages that show them. The counter of all purges is looked at before the first read, as for a page.
"""

from collections.abc import Callable, Hashable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from django.conf import settings

from loa.edge.actions.purge import generations
from loa.edge.generations import EVERY

LONGEST = 5.0  # seconds; the front door knows hosts for as long
LONGEST_SAID = 60.0  # likewise, of what its key says
MOST = 2_000  # values; hosts and the like may be invented by anybody

Value = TypeVar("Value")


class Kept:
    """Values by key; it keeps none until the server says so (`wsgi`): elsewhere a row may change without a purge."""

    def __init__(self) -> None:
        self.is_on = False
        self._values: dict[Hashable, tuple[int, float, object]] = {}

    def get(self, key: Hashable, read: Callable[[], Value], *, is_said: bool = False) -> Value:
        """What `read` gives, now or a moment ago; several threads may share it, so nobody changes it.

        `is_said`: the key says all that goes into the value, so that no purge is about it.
        """
        if not self.is_on:
            return read()
        seen, now = -1 if is_said else int(generations(Path(settings.LOA_HOME)).table[EVERY]), monotonic()
        found = self._values.get(key)
        if found is not None and found[0] == seen and found[1] > now:
            return found[2]  # type: ignore[return-value]  # what the same key was read as
        value = read()
        if len(self._values) >= MOST:
            self._values.clear()
        self._values[key] = (seen, now + (LONGEST_SAID if is_said else LONGEST), value)
        return value


kept = Kept()
