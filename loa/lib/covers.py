"""Draws covers, logos and portraits for those who bring no picture: two colours and one motif each.

The same seed gives the same picture on every machine; the motif and the colours stay with an
organization, the seed moves the shapes from release to release.
"""

import io
import math
import random
from collections.abc import Callable
from typing import Final, TypeAlias

from PIL import Image, ImageDraw

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]
Motif: TypeAlias = Callable[["_Canvas", random.Random], None]

_SCALE: Final = 2
"""Everything is drawn this many times larger and shrunk, because Pillow's own edges are jagged."""


class _Canvas:
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


def draw_cover(seed: str, *, motif: str, colours: tuple[str, str], size: tuple[int, int] = (1600, 900)) -> bytes:
    """A cover as JPEG; `colours` are ground and ink as #rrggbb. Raises ValueError for an unknown motif."""
    if motif not in _MOTIFS:
        raise ValueError(f"no motif is called {motif!r}; there are {', '.join(MOTIFS)}")
    canvas = _Canvas(size, colours)
    _MOTIFS[motif](canvas, random.Random(f"{motif}:{seed}"))  # noqa: S311 (shapes, not secrets)
    return canvas.bytes("JPEG")


def draw_logo(seed: str, *, motif: str, colours: tuple[str, str], size: int = 512) -> bytes:
    """A square mark as PNG: a detail of the organization's own cover, in a disc of its ink."""
    if motif not in _MARKS:
        raise ValueError(f"no motif is called {motif!r}; there are {', '.join(MOTIFS)}")
    canvas = _Canvas((size, size), colours)
    _MARKS[motif](canvas, random.Random(f"logo:{seed}"))  # noqa: S311 (shapes, not secrets)
    return canvas.bytes("PNG")


def draw_portrait(seed: str, colours: tuple[str, str], size: int = 640) -> bytes:
    """A square stand-in for a portrait as PNG: head and shoulders in two tones."""
    canvas = _Canvas((size, size), colours)
    rng = random.Random(f"portrait:{seed}")  # noqa: S311 (shapes, not secrets)
    lean, wide = rng.uniform(-0.025, 0.025), rng.uniform(0.31, 0.37)
    canvas.disc(0.5 + rng.choice((-0.3, 0.3)), 0.3, rng.uniform(0.42, 0.55), 0.16)
    x, y, head = 0.5 + lean, rng.uniform(0.38, 0.41), rng.uniform(0.145, 0.165)
    if rng.random() < 0.5:
        _long_hair(canvas, x, y, head)
    else:
        canvas.disc(x, y - head * 0.22, head * 1.14, 0.5)
    canvas.polygon(_shoulders(x, 0.64, wide), 0.58)
    canvas.box(x - head * 0.42, y, x + head * 0.42, 0.68, 0.86)
    canvas.disc(x, 0.67, head * 0.42, 0.86)
    canvas.polygon(_oval(x, y, head * 0.86, head * 1.12), 1.0)
    _fringe(canvas, (x, y), head, rng.choice((-1, 1)))
    return canvas.bytes("PNG")


def _rgb(colour: str) -> Colour:
    """Reads #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _steps(start: float, end: float, count: int) -> list[float]:
    """Evenly spaced numbers, both ends included."""
    return [start + (end - start) * i / (count - 1) for i in range(count)]


def _oval(x: float, y: float, across: float, down: float) -> list[Point]:
    """An upright oval as a polygon."""
    turns = _steps(0, math.tau, 90)
    return [(x + across * math.cos(t), y + down * math.sin(t)) for t in turns]


def _shoulders(x: float, top: float, wide: float) -> list[Point]:
    """A torso that ends below the picture."""
    arc = [(x + wide * math.cos(t), 0.92 + (0.92 - top) * math.sin(t)) for t in _steps(math.pi, math.tau, 60)]
    return [(x - wide - 0.02, 1.02), *arc, (x + wide + 0.02, 1.02)]


def _long_hair(canvas: _Canvas, x: float, y: float, head: float) -> None:
    """Hair that falls to the shoulders, behind the head."""
    canvas.disc(x, y - head * 0.12, head * 1.2, 0.4)
    canvas.box(x - head * 1.2, y - head * 0.1, x + head * 1.2, y + head * 1.25, 0.4)
    for side in (-0.75, 0.75):
        canvas.disc(x + head * side, y + head * 1.25, head * 0.45, 0.4)


def _fringe(canvas: _Canvas, centre: Point, head: float, side: int) -> None:
    """Hair over the brow, parted left or right."""
    x, y = centre
    over = [
        (x + head * 0.88 * math.cos(t), y + head * 1.14 * math.sin(t))
        for t in _steps(math.pi * 1.03, math.pi * 1.97, 40)
    ]
    part = (x + side * head * 0.35, y - head * 0.78)
    canvas.polygon([*over, part], 0.45)


def _waves(canvas: _Canvas, rng: random.Random) -> None:
    """Long swells that thicken and brighten towards the bottom."""
    count, phase = rng.choice((10, 11, 12)), rng.uniform(0, math.tau)
    length, height = rng.uniform(0.95, 1.35), rng.uniform(0.045, 0.075)
    for i, base in enumerate(_steps(0.14, 1.0, count)):
        depth = i / (count - 1)
        drift = phase + i * rng.uniform(0.10, 0.16)
        line = [
            (x, base + height * (1.15 - 0.55 * depth) * math.sin(math.tau * x / length / 1.3 + drift))
            for x in _steps(-0.02, canvas.width + 0.02, 160)
        ]
        canvas.ribbon(line, 0.006 + 0.026 * depth, 0.22 + 0.70 * depth)


def _bars(canvas: _Canvas, rng: random.Random) -> None:
    """Columns of changing height that stand on the lower edge."""
    count, phase = rng.choice((20, 22, 24)), rng.uniform(0, math.tau)
    pitch = canvas.width / count
    for i in range(count):
        swing = 0.5 + 0.30 * math.sin(phase + i * 0.62) + rng.uniform(-0.16, 0.2)
        top = 1 - max(0.08, min(0.93, swing))
        canvas.box(pitch * (i + 0.16), top, pitch * (i + 0.84), 1.01, rng.choice((0.4, 0.55, 0.75, 0.95)))


def _circles(canvas: _Canvas, rng: random.Random) -> None:
    """See-through discs that overlap around one great one."""
    x, y = rng.uniform(0.35, 0.65) * canvas.width, rng.uniform(0.3, 0.7)
    canvas.veil(x, y, rng.uniform(0.40, 0.48), 0.38)
    for _ in range(3):
        canvas.veil(rng.uniform(0, canvas.width), rng.uniform(0, 1), rng.uniform(0.28, 0.5), 0.16)
    for _ in range(4):
        turn, away = rng.uniform(0, math.tau), rng.uniform(0.3, 0.55)
        canvas.veil(x + away * math.cos(turn), y + away * math.sin(turn), rng.uniform(0.07, 0.2), 0.42)


def _hills(canvas: _Canvas, rng: random.Random) -> None:
    """Ridges behind ridges under a low sun."""
    canvas.disc(rng.uniform(0.25, 0.75) * canvas.width, rng.uniform(0.24, 0.36), rng.uniform(0.10, 0.14), 0.95)
    for i, base in enumerate(_steps(0.46, 0.92, 5)):
        waves = [(rng.uniform(0.7, 2.6), rng.uniform(0, math.tau), rng.uniform(0.02, 0.06)) for _ in range(3)]
        ridge = [
            (x, base + sum(high * math.sin(pace * x * 2 + start) for pace, start, high in waves))
            for x in _steps(-0.02, canvas.width + 0.02, 140)
        ]
        shade = (0.52, 0.38, 0.25, 0.12, -0.3)[i]
        canvas.polygon([*ridge, (canvas.width + 0.02, 1.02), (-0.02, 1.02)], shade)


def _grid(canvas: _Canvas, rng: random.Random) -> None:
    """A field of dots that swell around two places."""
    rows = 13
    pitch = 1 / rows
    spots = [(rng.uniform(0.1, 0.9) * canvas.width, rng.uniform(0.1, 0.9)) for _ in range(2)]
    for row in range(rows):
        for column in range(round(canvas.width / pitch) + 1):
            x, y = (column + 0.5) * pitch, (row + 0.5) * pitch
            near = min(math.hypot(x - a, y - b) for a, b in spots)
            pull = math.exp(-((near / 0.36) ** 2))
            canvas.disc(x, y, pitch * (0.07 + 0.36 * pull), 0.22 + 0.75 * pull)


def _rays(canvas: _Canvas, rng: random.Random) -> None:
    """Beams from a half-disc on the horizon."""
    x, y = rng.uniform(0.25, 0.75) * canvas.width, rng.uniform(0.86, 1.0)
    count, tilt = rng.choice((18, 20, 22)), rng.uniform(0, 8)
    step = 360 / count / 2
    for i in range(count):
        start = tilt + i * step * 2
        canvas.slice((x, y), 2.6, (start, start + step), (0.14, 0.22, 0.32)[i % 3])
    for radius, share in ((0.40, 0.0), (0.36, 0.45), (0.29, 0.7), (0.21, 0.98)):
        canvas.disc(x, y, radius, share)


def _leaf(x: float, y: float, long: float, turn: float) -> list[Point]:
    """A pointed leaf that starts at a point and grows in a direction."""
    points: list[Point]
    across, points = 0.21, []
    for t in [*_steps(0, 1, 30), *reversed(_steps(0, 1, 30))]:
        side = 1 if len(points) < 30 else -1
        along, out = long * t, side * long * across * math.sin(math.pi * t**0.85)
        points.append(
            (x + along * math.cos(turn) - out * math.sin(turn), y + along * math.sin(turn) + out * math.cos(turn))
        )
    return points


def _leaves(canvas: _Canvas, rng: random.Random) -> None:
    """Stems that lean one way, with leaves on both sides."""
    lean = rng.uniform(-0.22, 0.22)
    for place in _steps(0.1, canvas.width - 0.1, 5):
        share = rng.choice((0.3, 0.48, 0.7, 0.92))
        foot, high = place + rng.uniform(-0.06, 0.06), rng.uniform(0.62, 0.98)
        for step in range(8):
            at = 0.02 + step * high / 8
            x, y, long = foot + lean * at, 1.02 - at, 0.27 * (1 - 0.05 * step)
            for side in (-1, 1):
                canvas.polygon(_leaf(x, y, long, -math.pi / 2 + lean + side * 0.95), share - 0.1 * (side < 0))
        canvas.polygon(_leaf(foot + lean * high, 1.02 - high, 0.2, -math.pi / 2 + lean), share)


def _rails(canvas: _Canvas, rng: random.Random) -> None:
    """Parallel tracks that bend together from one edge to another."""
    low, high = rng.uniform(0.62, 0.8), rng.uniform(0.16, 0.34)
    if rng.random() < 0.5:
        low, high = high, low
    middle, soft = rng.uniform(0.4, 0.6) * canvas.width, rng.uniform(0.12, 0.18)
    bright = rng.randrange(2, 8)
    for i in range(10):
        gap = (i - 4.5) * 0.085
        line = [
            (x, low + (high - low) / (1 + math.exp(-(x - middle - gap * (low - high)) / soft)) + gap)
            for x in _steps(-0.02, canvas.width + 0.02, 180)
        ]
        canvas.ribbon(line, 0.042 if i == bright else 0.018, 0.98 if i == bright else 0.34 + 0.03 * i)


def _arcs(canvas: _Canvas, rng: random.Random) -> None:
    """Rings that spread from two corners, like sound."""
    left = rng.random() < 0.5
    centres = [
        ((0.12 if left else 0.88) * canvas.width, 1.0),
        ((0.9 if left else 0.1) * canvas.width, rng.uniform(-0.1, 0.15)),
    ]
    for (x, y), reach, shares in ((centres[1], 0.85, (0.14, 0.0)), (centres[0], 1.15, (0.9, 0.0))):
        rings = 7 if shares[0] < 0.5 else rng.choice((8, 9, 10))
        for i in range(rings, 0, -1):
            radius = reach * i / rings
            canvas.disc(x, y, radius, max(0.16, shares[0] - 0.07 * i))
            canvas.disc(x, y, radius - 0.45 * reach / rings, shares[1])


def _tiles(canvas: _Canvas, rng: random.Random) -> None:
    """Square tiles with quarter and half discs, as on a tiled floor."""
    rows = 4
    side = 1 / rows
    columns = math.ceil(canvas.width / side)
    for row in range(rows):
        for column in range(columns):
            left, top = column * side, row * side
            back, front = rng.choice(((0.0, 0.55), (0.12, 0.9), (0.0, 0.9), (0.55, 0.0), (0.12, 0.3), (0.9, 0.12)))
            canvas.box(left, top, left + side, top + side, back)
            corner = rng.randrange(4)
            x, y = left + side * (corner in (1, 2)), top + side * (corner in (2, 3))
            canvas.slice((x, y), side, (corner * 90, corner * 90 + 90), front)
            if rng.random() < 0.5:
                canvas.slice((x, y), side / 2, (corner * 90, corner * 90 + 90), back)


def _pages(canvas: _Canvas, rng: random.Random) -> None:
    """Leaning sheets, one over another, like books on a shelf."""
    x = -0.15
    while x < canvas.width + 0.1:
        wide, high = rng.uniform(0.05, 0.13), rng.uniform(0.45, 0.86)
        slant = rng.choice((0, 0, 0, 0.1, -0.06))
        share = rng.choice((0.25, 0.42, 0.6, 0.78, 0.96))
        top = 1 - high
        canvas.polygon([(x, 1.01), (x + slant, top), (x + slant + wide, top), (x + wide, 1.01)], share)
        for mark in (0.12, 0.16):
            a, b = top + mark * high, slant * (1 - mark)
            canvas.box(x + b, a, x + b + wide, a + 0.012, share - 0.2)
        x += wide + abs(slant) + rng.choice((0.008, 0.008, 0.05))


def _mark_waves(canvas: _Canvas, rng: random.Random) -> None:
    """Three swells."""
    for base, thickness, share in ((0.32, 0.07, 0.5), (0.5, 0.09, 0.75), (0.68, 0.11, 1.0)):
        line = [(x, base + 0.055 * math.sin(math.tau * (x - 0.18) / 0.64)) for x in _steps(0.18, 0.82, 80)]
        canvas.ribbon(line, thickness, share)


def _mark_bars(canvas: _Canvas, rng: random.Random) -> None:
    """Four columns that rise."""
    for i, high in enumerate((0.22, 0.38, 0.30, 0.58)):
        canvas.box(0.2 + i * 0.16, 0.79 - high, 0.32 + i * 0.16, 0.79, (0.5, 0.7, 0.6, 1.0)[i])


def _mark_circles(canvas: _Canvas, rng: random.Random) -> None:
    """Three discs that share a middle."""
    for turn in (-90, 30, 150):
        x, y = 0.5 + 0.15 * math.cos(math.radians(turn)), 0.52 + 0.15 * math.sin(math.radians(turn))
        canvas.veil(x, y, 0.22, 0.62)


def _mark_hills(canvas: _Canvas, rng: random.Random) -> None:
    """Two peaks under a sun."""
    canvas.disc(0.64, 0.31, 0.09, 1.0)
    canvas.polygon([(0.38, 0.76), (0.62, 0.44), (0.86, 0.76)], 0.5)
    canvas.polygon([(0.14, 0.76), (0.40, 0.34), (0.66, 0.76)], 0.85)


def _mark_grid(canvas: _Canvas, rng: random.Random) -> None:
    """Nine dots, the middle one largest."""
    for row in range(3):
        for column in range(3):
            away = abs(row - 1) + abs(column - 1)
            canvas.disc(0.26 + column * 0.24, 0.26 + row * 0.24, (0.12, 0.085, 0.055)[away], (1.0, 0.8, 0.55)[away])


def _mark_rays(canvas: _Canvas, rng: random.Random) -> None:
    """Half a sun over the horizon."""
    for i in range(7):
        canvas.slice((0.5, 0.68), 0.42, (183 + i * 25.7, 197 + i * 25.7), 0.6)
    canvas.slice((0.5, 0.68), 0.25, (180, 360), 0.0)
    canvas.slice((0.5, 0.68), 0.2, (180, 360), 1.0)
    canvas.box(0.08, 0.72, 0.92, 0.76, 0.8)


def _mark_leaves(canvas: _Canvas, rng: random.Random) -> None:
    """A shoot with three leaves."""
    for turn, long, share in ((-150, 0.42, 0.55), (-30, 0.42, 0.7), (-90, 0.56, 1.0)):
        canvas.polygon(_leaf(0.5, 0.78, long, math.radians(turn)), share)


def _mark_rails(canvas: _Canvas, rng: random.Random) -> None:
    """Three tracks that bend."""
    for i, share in enumerate((0.5, 1.0, 0.65)):
        gap = (i - 1) * 0.14
        line = [(x, 0.63 - 0.26 / (1 + math.exp(-(x - 0.5 - gap * 0.26) / 0.07)) + gap) for x in _steps(0.14, 0.86, 90)]
        canvas.ribbon(line, 0.075, share)


def _mark_arcs(canvas: _Canvas, rng: random.Random) -> None:
    """Sound that leaves a point."""
    for radius, share in ((0.58, 0.55), (0.49, 0.0), (0.40, 0.75), (0.31, 0.0), (0.22, 1.0)):
        canvas.slice((0.24, 0.76), radius, (270, 360), share)


def _mark_tiles(canvas: _Canvas, rng: random.Random) -> None:
    """Four quarter discs in a square."""
    corners = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
    start = rng.randrange(4)
    for i, (x, y) in enumerate(corners):
        share = (1.0, 0.7, 0.5, 0.85)[(i + start) % 4]
        canvas.slice((x, y), 0.29, (i * 90, i * 90 + 90), share)


def _mark_pages(canvas: _Canvas, rng: random.Random) -> None:
    """An open book."""
    for side in (-1, 1):
        spine, edge = 0.5 + side * 0.015, 0.5 + side * 0.34
        canvas.polygon([(spine, 0.34), (edge, 0.24), (edge, 0.68), (spine, 0.78)], 1.0 if side > 0 else 0.65)


_MOTIFS: Final[dict[str, Motif]] = {
    "waves": _waves,
    "bars": _bars,
    "circles": _circles,
    "hills": _hills,
    "grid": _grid,
    "rays": _rays,
    "leaves": _leaves,
    "rails": _rails,
    "arcs": _arcs,
    "tiles": _tiles,
    "pages": _pages,
}
_MARKS: Final[dict[str, Motif]] = {
    "waves": _mark_waves,
    "bars": _mark_bars,
    "circles": _mark_circles,
    "hills": _mark_hills,
    "grid": _mark_grid,
    "rays": _mark_rays,
    "leaves": _mark_leaves,
    "rails": _mark_rails,
    "arcs": _mark_arcs,
    "tiles": _mark_tiles,
    "pages": _mark_pages,
}
MOTIFS: Final = tuple(_MOTIFS)
"""The names a cover may be asked for."""
