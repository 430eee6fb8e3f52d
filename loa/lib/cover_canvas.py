"""The canvas that covers are drawn on: two colours, and shapes in units of its own height."""

import io
import math
import random
from collections.abc import Callable
from typing import Final, TypeAlias

from PIL import Image, ImageDraw

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]
Motif: TypeAlias = Callable[["Canvas", random.Random], None]

_SCALE: Final = 2
"""Everything is drawn this many times larger and shrunk, because Pillow's own edges are jagged."""


class Canvas:
    """A drawing in units of its own height: y runs from 0 to 1, x from 0 to `width`."""

    def __init__(self, size: tuple[int, int], colours: tuple[str, str]) -> None:
        self.ground, self.ink = _rgb(colours[0]), _rgb(colours[1])
        self._size = size
        self._unit = size[1] * _SCALE
        self.width = size[0] / size[1]
        self._image = Image.new("RGB", (size[0] * _SCALE, self._unit), self.ground)
        self._draw = ImageDraw.Draw(self._image)

    def tint(self, share: float) -> Colour:
        """The ground with this share of the ink in it; below 0 the ground gets darker."""
        if share < 0:
            return _mix(self.ground, (8, 10, 16), -share)
        return _mix(self.ground, self.ink, share)

    def polygon(self, points: list[Point], share: float) -> None:
        """Fills a shape."""
        unit = self._unit
        self._draw.polygon([(x * unit, y * unit) for x, y in points], fill=self.tint(share))

    def box(self, left: float, top: float, right: float, bottom: float, share: float) -> None:
        """Fills an upright rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], share)

    def disc(self, x: float, y: float, radius: float, share: float) -> None:
        """Fills a circle."""
        edges = [side * self._unit for side in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(edges, fill=self.tint(share))

    def veil(self, x: float, y: float, radius: float, strength: float) -> None:
        """Lays a see-through circle of ink, so that circles on circles grow lighter."""
        mask = Image.new("L", self._image.size, 0)
        edges = [side * self._unit for side in (x - radius, y - radius, x + radius, y + radius)]
        ImageDraw.Draw(mask).ellipse(edges, fill=round(255 * strength))
        self._image.paste(self.ink, (0, 0), mask)

    def ribbon(self, points: list[Point], thickness: float, share: float) -> None:
        """Draws a line of even height along points that run from left to right."""
        half = thickness / 2
        upper = [(x, y - half) for x, y in points]
        lower = [(x, y + half) for x, y in reversed(points)]
        self.polygon(upper + lower, share)

    def slice(self, centre: Point, radius: float, angles: Point, share: float) -> None:
        """Fills a piece of a pie between two angles in degrees, clockwise from three o'clock."""
        (x, y), unit = centre, self._unit
        edges = [side * unit for side in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.pieslice(edges, angles[0], angles[1], fill=self.tint(share))

    def bytes(self, file_format: str) -> bytes:
        """The finished picture, shrunk to its size."""
        image = self._image.resize(self._size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        if file_format == "JPEG":
            image.save(out, "JPEG", quality=88, optimize=True, progressive=True)
        else:
            image.save(out, "PNG", optimize=True)
        return out.getvalue()


def _rgb(colour: str) -> Colour:
    """Reads #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def steps(start: float, end: float, count: int) -> list[float]:
    """Evenly spaced numbers, both ends included."""
    return [start + (end - start) * i / (count - 1) for i in range(count)]


def leaf(x: float, y: float, long: float, turn: float) -> list[Point]:
    """A pointed leaf that starts at a point and grows in a direction."""
    points: list[Point]
    across, points = 0.21, []
    for t in [*steps(0, 1, 30), *reversed(steps(0, 1, 30))]:
        side = 1 if len(points) < 30 else -1
        along, out = long * t, side * long * across * math.sin(math.pi * t**0.85)
        points.append(
            (x + along * math.cos(turn) - out * math.sin(turn), y + along * math.sin(turn) + out * math.cos(turn))
        )
    return points
