"""The marks of logos: a detail of each motif, in a square."""

import math
import random

from loa.lib.cover_canvas import Canvas, leaf, steps


def waves(canvas: Canvas, rng: random.Random) -> None:
    """Three swells."""
    for base, thickness, share in ((0.32, 0.07, 0.5), (0.5, 0.09, 0.75), (0.68, 0.11, 1.0)):
        line = [(x, base + 0.055 * math.sin(math.tau * (x - 0.18) / 0.64)) for x in steps(0.18, 0.82, 80)]
        canvas.ribbon(line, thickness, share)


def bars(canvas: Canvas, rng: random.Random) -> None:
    """Four columns that rise."""
    for i, high in enumerate((0.22, 0.38, 0.30, 0.58)):
        canvas.box(0.2 + i * 0.16, 0.79 - high, 0.32 + i * 0.16, 0.79, (0.5, 0.7, 0.6, 1.0)[i])


def circles(canvas: Canvas, rng: random.Random) -> None:
    """Three discs that share a middle."""
    for turn in (-90, 30, 150):
        x, y = 0.5 + 0.15 * math.cos(math.radians(turn)), 0.52 + 0.15 * math.sin(math.radians(turn))
        canvas.veil(x, y, 0.22, 0.62)


def hills(canvas: Canvas, rng: random.Random) -> None:
    """Two peaks under a sun."""
    canvas.disc(0.64, 0.31, 0.09, 1.0)
    canvas.polygon([(0.38, 0.76), (0.62, 0.44), (0.86, 0.76)], 0.5)
    canvas.polygon([(0.14, 0.76), (0.40, 0.34), (0.66, 0.76)], 0.85)


def grid(canvas: Canvas, rng: random.Random) -> None:
    """Nine dots, the middle one largest."""
    for row in range(3):
        for column in range(3):
            away = abs(row - 1) + abs(column - 1)
            canvas.disc(0.26 + column * 0.24, 0.26 + row * 0.24, (0.12, 0.085, 0.055)[away], (1.0, 0.8, 0.55)[away])


def rays(canvas: Canvas, rng: random.Random) -> None:
    """Half a sun over the horizon."""
    for i in range(7):
        canvas.slice((0.5, 0.68), 0.42, (183 + i * 25.7, 197 + i * 25.7), 0.6)
    canvas.slice((0.5, 0.68), 0.25, (180, 360), 0.0)
    canvas.slice((0.5, 0.68), 0.2, (180, 360), 1.0)
    canvas.box(0.08, 0.72, 0.92, 0.76, 0.8)


def leaves(canvas: Canvas, rng: random.Random) -> None:
    """A shoot with three leaves."""
    for turn, long, share in ((-150, 0.42, 0.55), (-30, 0.42, 0.7), (-90, 0.56, 1.0)):
        canvas.polygon(leaf(0.5, 0.78, long, math.radians(turn)), share)


def rails(canvas: Canvas, rng: random.Random) -> None:
    """Three tracks that bend."""
    for i, share in enumerate((0.5, 1.0, 0.65)):
        gap = (i - 1) * 0.14
        line = [(x, 0.63 - 0.26 / (1 + math.exp(-(x - 0.5 - gap * 0.26) / 0.07)) + gap) for x in steps(0.14, 0.86, 90)]
        canvas.ribbon(line, 0.075, share)


def arcs(canvas: Canvas, rng: random.Random) -> None:
    """Sound that leaves a point."""
    for radius, share in ((0.58, 0.55), (0.49, 0.0), (0.40, 0.75), (0.31, 0.0), (0.22, 1.0)):
        canvas.slice((0.24, 0.76), radius, (270, 360), share)


def tiles(canvas: Canvas, rng: random.Random) -> None:
    """Four quarter discs in a square."""
    corners = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
    start = rng.randrange(4)
    for i, (x, y) in enumerate(corners):
        share = (1.0, 0.7, 0.5, 0.85)[(i + start) % 4]
        canvas.slice((x, y), 0.29, (i * 90, i * 90 + 90), share)


def pages(canvas: Canvas, rng: random.Random) -> None:
    """An open book."""
    for side in (-1, 1):
        spine, edge = 0.5 + side * 0.015, 0.5 + side * 0.34
        canvas.polygon([(spine, 0.34), (edge, 0.24), (edge, 0.68), (spine, 0.78)], 1.0 if side > 0 else 0.65)
