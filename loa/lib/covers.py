"""Draws covers, logos and portraits for those who bring no picture: two colours and one motif each.

The same seed gives the same picture on every machine; the motif and the colours stay with an
organization, the seed moves the shapes from release to release.
"""

import math
import random
from typing import Final

from loa.lib import cover_marks, cover_motifs
from loa.lib.cover_canvas import Canvas, Motif, Point, steps

_DRAWN: Final[dict[str, tuple[Motif, Motif]]] = {
    "waves": (cover_motifs.waves, cover_marks.waves),
    "bars": (cover_motifs.bars, cover_marks.bars),
    "circles": (cover_motifs.circles, cover_marks.circles),
    "hills": (cover_motifs.hills, cover_marks.hills),
    "grid": (cover_motifs.grid, cover_marks.grid),
    "rays": (cover_motifs.rays, cover_marks.rays),
    "leaves": (cover_motifs.leaves, cover_marks.leaves),
    "rails": (cover_motifs.rails, cover_marks.rails),
    "arcs": (cover_motifs.arcs, cover_marks.arcs),
    "tiles": (cover_motifs.tiles, cover_marks.tiles),
    "pages": (cover_motifs.pages, cover_marks.pages),
}
"""How each fills a picture, and the detail of it that is a mark."""

MOTIFS: Final = tuple(_DRAWN)
"""The names a cover may be asked for."""


def draw_cover(seed: str, *, motif: str, colours: tuple[str, str], size: tuple[int, int] = (1600, 900)) -> bytes:
    """A cover as JPEG; `colours` are ground and ink as #rrggbb. Raises ValueError for an unknown motif."""
    picture, _mark = _known(motif)
    canvas = Canvas(size, colours)
    picture(canvas, random.Random(f"{motif}:{seed}"))  # noqa: S311 (shapes, not secrets)
    return canvas.bytes("JPEG")


def draw_logo(seed: str, *, motif: str, colours: tuple[str, str], size: int = 512) -> bytes:
    """A square mark as PNG: a detail of the organization's own cover, in a disc of its ink. Raises ValueError."""
    _picture, mark = _known(motif)
    canvas = Canvas((size, size), colours)
    mark(canvas, random.Random(f"logo:{seed}"))  # noqa: S311 (shapes, not secrets)
    return canvas.bytes("PNG")


def _known(motif: str) -> tuple[Motif, Motif]:
    if motif not in _DRAWN:
        raise ValueError(f"no motif is called {motif!r}; there are {', '.join(MOTIFS)}")
    return _DRAWN[motif]


def draw_portrait(seed: str, colours: tuple[str, str], size: int = 640) -> bytes:
    """A square stand-in for a portrait as PNG: head and shoulders in two tones."""
    canvas = Canvas((size, size), colours)
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


def _oval(x: float, y: float, across: float, down: float) -> list[Point]:
    """An upright oval as a polygon."""
    turns = steps(0, math.tau, 90)
    return [(x + across * math.cos(t), y + down * math.sin(t)) for t in turns]


def _shoulders(x: float, top: float, wide: float) -> list[Point]:
    """A torso that ends below the picture."""
    arc = [(x + wide * math.cos(t), 0.92 + (0.92 - top) * math.sin(t)) for t in steps(math.pi, math.tau, 60)]
    return [(x - wide - 0.02, 1.02), *arc, (x + wide + 0.02, 1.02)]


def _long_hair(canvas: Canvas, x: float, y: float, head: float) -> None:
    """Hair that falls to the shoulders, behind the head."""
    canvas.disc(x, y - head * 0.12, head * 1.2, 0.4)
    canvas.box(x - head * 1.2, y - head * 0.1, x + head * 1.2, y + head * 1.25, 0.4)
    for side in (-0.75, 0.75):
        canvas.disc(x + head * side, y + head * 1.25, head * 0.45, 0.4)


def _fringe(canvas: Canvas, centre: Point, head: float, side: int) -> None:
    """Hair over the brow, parted left or right."""
    x, y = centre
    over = [
        (x + head * 0.88 * math.cos(t), y + head * 1.14 * math.sin(t))
        for t in steps(math.pi * 1.03, math.pi * 1.97, 40)
    ]
    part = (x + side * head * 0.35, y - head * 0.78)
    canvas.polygon([*over, part], 0.45)
