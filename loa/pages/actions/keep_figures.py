"""Counts ahead what pages say as of a moment, so that no reader waits: most read, topics, places, days, what goes on.

Rooms beside this one have figures too (`Ahead`): the worker, which knows them all, hands them in.

Everything is counted from the rows themselves, never added up: a withdrawal, an import, a merger or a restored backup
is right at the next count. What only notices change is counted when there are new ones, and once an hour in any case,
for what leaves no notice. Where nobody keeps them (no worker runs) pages count by themselves (`kept_a_minute`).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from loa.archive import queries as archive
from loa.lib import clock
from loa.lib.garbage import give_back
from loa.pages.queries import figures, front_page
from loa.portals.models import Portal
from loa.portals.queries import keep_a_minute

Ahead = tuple[str, Callable[[Portal], Any]]
"""A key for `kept_a_minute`, and the read that counts it anew when there are new notices."""

SHARE = 6  # a count that takes a second is made every six seconds at most
OFTEN = 20.0  # seconds between two looks
FOR_CERTAIN = 3600.0  # seconds after which all is counted, whatever the notices say


@dataclass(slots=True)
class Counted:
    """What a figure was when it was counted last, when and how long that took (monotonic), and whether it still is."""

    value: Any = None
    at: float = float("-inf")
    took: float = 0.0
    is_stale: bool = True


@dataclass(slots=True)
class Figures:
    """What one worker knows; another that starts counts everything once."""

    counted: dict[tuple[int, str], Counted] = field(default_factory=dict)
    notice: int = 0  # the last one that was looked at
    also: Sequence[Ahead] = ()

    def keep(self) -> None:
        """Count what may have changed, and say of the rest that it is as it was."""
        last = archive.last_notice()
        touched = archive.moments_of(self.notice, last) if self.counted else []
        for portal in Portal.objects.order_by("pk"):
            zone = ZoneInfo(portal.time_zone)
            self._one(portal, figures.MOST_READ_KEY, partial(front_page.most_read, portal), is_news=True)
            self._one(portal, figures.GOES_ON_KEY, partial(front_page.going_on, portal), is_news=True)
            by = ((figures.BY_PLACE_KEY, figures.by_place), (figures.BY_TOPIC_KEY, figures.by_topic))
            for key, read in (*by, *self.also):
                self._one(portal, key, partial(read, portal), is_news=last != self.notice)
            self._years(portal, zone, {at.astimezone(zone).year for at in touched})
        self.notice = last

    def _years(self, portal: Portal, zone: ZoneInfo, touched: set[int]) -> None:
        """The days of every year; counted again are those in which something happened."""
        now, oldest = clock.now(), archive.oldest(portal.pk)
        self._one(portal, figures.OLDEST_KEY, lambda: oldest, is_news=True)
        for year in range((oldest or now).astimezone(zone).year, now.astimezone(zone).year + 1):
            read = partial(figures.by_day, portal, year)
            self._one(portal, figures.days_key(year), read, is_news=year in touched)

    def _one(self, portal: Portal, key: str, read: Callable[[], Any], *, is_news: bool) -> None:
        known, now = self.counted.setdefault((portal.pk, key), Counted()), time.monotonic()
        known.is_stale = known.is_stale or is_news or now - known.at >= FOR_CERTAIN
        if not known.is_stale:
            keep_a_minute(key, portal, known.value, clock.now())
        elif now - known.at >= SHARE * known.took:
            at = clock.now()
            value = read()
            self.counted[portal.pk, key] = Counted(value, now, time.monotonic() - now, is_stale=False)
            keep_a_minute(key, portal, value, at)


_figures = Figures()


def keep_figures(also: Sequence[Ahead] = ()) -> None:
    """Once; the worker calls it every `OFTEN` seconds."""
    _figures.also = also
    _figures.keep()
    give_back()  # sums over a large record take some hundred megabytes for a moment
