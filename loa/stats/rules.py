"""What is shown of figures, how newsletters are told apart, and how a chart is drawn.

Its bars are plain numbers, which a template puts into an SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

RARE = 5  # words somebody searched for are shown from this many times on
AUTOMATIC_MARK = "n0"  # what links end in that were sent without an editor; those of an issue: n and its number
PRESS_MARK = "np"  # and those of mail to the press list, which has no numbers
MOST_SHOWN = 10  # names of one thing
WIDTH, HEIGHT, FOOT = 700, 180, 22  # of the drawing, in its own units; the foot holds the dates
_STEPS = (1, 2, 5)
MOST_MARKS = 6  # dates written under the bars


@dataclass(frozen=True)
class Bar:
    """A bar: where it stands, and what it says."""

    x: float
    y: float
    width: float
    height: float
    day: date
    value: int
    has_mark: bool


@dataclass(frozen=True)
class Chart:
    """Bars, and the lines behind them as (height from above, figure)."""

    bars: list[Bar]
    lines: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def baseline(self) -> int:
        """Where bars stand."""
        return self.height - FOOT


def chart(days: Sequence[tuple[date, int]]) -> Chart:
    """The days in their order; the highest line is a round figure no bar goes beyond."""
    top = round_above(max((value for _day, value in days), default=0))
    room = HEIGHT - FOOT - 14  # above it the figure of the highest line
    step = WIDTH / max(len(days), 1)
    every = -(-len(days) // MOST_MARKS) if days else 1
    bars = []
    for place, (day, value) in enumerate(days):
        height = room * value / top
        bars.append(
            Bar(round(place * step + step * 0.1, 2), round(HEIGHT - FOOT - height, 2), round(step * 0.8, 2),
                round(height, 2), day, value, place % every == 0)
        )  # fmt: skip
    return Chart(bars, [(HEIGHT - FOOT - room, top), (HEIGHT - FOOT - room / 2, top // 2)])


def round_above(value: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100 …: even, so that its half is whole. At least 2."""
    size = 2
    while True:
        for step in _STEPS:
            if size * step >= value:
                return size * step
        size *= 10
