"""Draws figures of a few days as columns, each beside the one of the days before: a PNG that every mail program shows.

Larger than it is shown, on paper of its own, so that a dark mail program leaves it readable.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from loa.lib import fonts

WIDTH, HEIGHT = 960, 460  # letters of a size that a telephone, which shows a third of it, leaves readable
_PAPER, _INK, _QUIET, _LINE, _PALE = "#fcfcfa", "#14171c", "#5b6169", "#dcdcd6", "#c9c8c1"
_EDGE: Final = 28
_TOP, _BASE = 92, 350  # of the tallest column, and where columns stand
_COLOURS: Final = 32
_SMALL: Final = 32


@dataclass(frozen=True, slots=True)
class Column:
    """One day: its name, its figure, and the figure of the day it is compared with; both at least 0."""

    name: str
    now: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What is drawn: the columns, what the two sorts are called, the colour (#rrggbb), how a figure is written."""

    columns: Sequence[Column]
    figures: Sequence[str]  # of `now`, as written in the language
    now: str
    before: str
    accent: str


def draw(chart: Columns) -> bytes:
    """The picture as PNG, a few kilobytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    _legend(pen, chart)
    most = max([1, *(max(one.now, one.before) for one in chart.columns)])
    step = (WIDTH - 2 * _EDGE) / max(1, len(chart.columns))
    for place, (column, figure) in enumerate(zip(chart.columns, chart.figures, strict=True)):
        middle = _EDGE + step * (place + 0.5)
        wide = step * 0.3
        _bar(pen, (middle - wide, middle), column.before, most, _PALE)
        _bar(pen, (middle, middle + wide), column.now, most, chart.accent)
        # Figures stand below: over a column they would be taken for those of the taller one beside it.
        pen.text((middle, _BASE + 44), column.name, font=_font(fonts.SANS, _SMALL), fill=_QUIET, anchor="ms")
        pen.text((middle, _BASE + 88), figure, font=_font(fonts.SANS_SEMIBOLD, _SMALL), fill=_INK, anchor="ms")
    pen.line((_EDGE, _BASE, WIDTH - _EDGE, _BASE), fill=_INK, width=2)
    small = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _legend(pen: ImageDraw.ImageDraw, chart: Columns) -> None:
    font, left = _font(fonts.SANS, _SMALL), float(_EDGE)
    for name, colour in ((chart.now, chart.accent), (chart.before, _PALE)):
        pen.rectangle((left, 28, left + 28, 56), fill=colour)
        pen.text((left + 36, 42), name, font=font, fill=_QUIET, anchor="lm")
        left += 36 + font.getlength(name) + 44


def _bar(pen: ImageDraw.ImageDraw, sides: tuple[float, float], value: int, most: int, colour: str) -> None:
    """Whatever is not nought is seen."""
    if value:
        top = _BASE - max(round((_BASE - _TOP) * value / most), 4)
        pen.rectangle((round(sides[0]) + 2, top, round(sides[1]) - 2, _BASE), fill=colour)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # The same letters on every machine: the basic layout needs no library of the system.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
