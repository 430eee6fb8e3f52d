"""The motifs of covers: each fills a picture, and the seed moves its shapes."""

import math
import random

from loa.lib.cover_canvas import Canvas, leaf, steps


def waves(canvas: Canvas, rng: random.Random) -> None:
    """Long swells that thicken and brighten towards the bottom."""
    count, phase = rng.choice((10, 11, 12)), rng.uniform(0, math.tau)
    length, height = rng.uniform(0.95, 1.35), rng.uniform(0.045, 0.075)
    for i, base in enumerate(steps(0.14, 1.0, count)):
        depth = i / (count - 1)
        drift = phase + i * rng.uniform(0.10, 0.16)
        line = [
            (x, base + height * (1.15 - 0.55 * depth) * math.sin(math.tau * x / length / 1.3 + drift))
            for x in steps(-0.02, canvas.width + 0.02, 160)
        ]
        canvas.ribbon(line, 0.006 + 0.026 * depth, 0.22 + 0.70 * depth)


def bars(canvas: Canvas, rng: random.Random) -> None:
    """Columns of changing height that stand on the lower edge."""
    count, phase = rng.choice((20, 22, 24)), rng.uniform(0, math.tau)
    pitch = canvas.width / count
    for i in range(count):
        swing = 0.5 + 0.30 * math.sin(phase + i * 0.62) + rng.uniform(-0.16, 0.2)
        top = 1 - max(0.08, min(0.93, swing))
        canvas.box(pitch * (i + 0.16), top, pitch * (i + 0.84), 1.01, rng.choice((0.4, 0.55, 0.75, 0.95)))


def circles(canvas: Canvas, rng: random.Random) -> None:
    """See-through discs that overlap around one great one."""
    x, y = rng.uniform(0.35, 0.65) * canvas.width, rng.uniform(0.3, 0.7)
    canvas.veil(x, y, rng.uniform(0.40, 0.48), 0.38)
    for _ in range(3):
        canvas.veil(rng.uniform(0, canvas.width), rng.uniform(0, 1), rng.uniform(0.28, 0.5), 0.16)
    for _ in range(4):
        turn, away = rng.uniform(0, math.tau), rng.uniform(0.3, 0.55)
        canvas.veil(x + away * math.cos(turn), y + away * math.sin(turn), rng.uniform(0.07, 0.2), 0.42)


def hills(canvas: Canvas, rng: random.Random) -> None:
    """Ridges behind ridges under a low sun."""
    canvas.disc(rng.uniform(0.25, 0.75) * canvas.width, rng.uniform(0.24, 0.36), rng.uniform(0.10, 0.14), 0.95)
    for i, base in enumerate(steps(0.46, 0.92, 5)):
        waves = [(rng.uniform(0.7, 2.6), rng.uniform(0, math.tau), rng.uniform(0.02, 0.06)) for _ in range(3)]
        ridge = [
            (x, base + sum(high * math.sin(pace * x * 2 + start) for pace, start, high in waves))
            for x in steps(-0.02, canvas.width + 0.02, 140)
        ]
        shade = (0.52, 0.38, 0.25, 0.12, -0.3)[i]
        canvas.polygon([*ridge, (canvas.width + 0.02, 1.02), (-0.02, 1.02)], shade)


def grid(canvas: Canvas, rng: random.Random) -> None:
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


def rays(canvas: Canvas, rng: random.Random) -> None:
    """Beams from a half-disc on the horizon."""
    x, y = rng.uniform(0.25, 0.75) * canvas.width, rng.uniform(0.86, 1.0)
    count, tilt = rng.choice((18, 20, 22)), rng.uniform(0, 8)
    step = 360 / count / 2
    for i in range(count):
        start = tilt + i * step * 2
        canvas.slice((x, y), 2.6, (start, start + step), (0.14, 0.22, 0.32)[i % 3])
    for radius, share in ((0.40, 0.0), (0.36, 0.45), (0.29, 0.7), (0.21, 0.98)):
        canvas.disc(x, y, radius, share)


def leaves(canvas: Canvas, rng: random.Random) -> None:
    """Stems that lean one way, with leaves on both sides."""
    lean = rng.uniform(-0.22, 0.22)
    for place in steps(0.1, canvas.width - 0.1, 5):
        share = rng.choice((0.3, 0.48, 0.7, 0.92))
        foot, high = place + rng.uniform(-0.06, 0.06), rng.uniform(0.62, 0.98)
        for step in range(8):
            at = 0.02 + step * high / 8
            x, y, long = foot + lean * at, 1.02 - at, 0.27 * (1 - 0.05 * step)
            for side in (-1, 1):
                canvas.polygon(leaf(x, y, long, -math.pi / 2 + lean + side * 0.95), share - 0.1 * (side < 0))
        canvas.polygon(leaf(foot + lean * high, 1.02 - high, 0.2, -math.pi / 2 + lean), share)


def rails(canvas: Canvas, rng: random.Random) -> None:
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
            for x in steps(-0.02, canvas.width + 0.02, 180)
        ]
        canvas.ribbon(line, 0.042 if i == bright else 0.018, 0.98 if i == bright else 0.34 + 0.03 * i)


def arcs(canvas: Canvas, rng: random.Random) -> None:
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


def tiles(canvas: Canvas, rng: random.Random) -> None:
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


def pages(canvas: Canvas, rng: random.Random) -> None:
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
