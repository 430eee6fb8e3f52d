"""How a figure is taken of two sides, and printed: name | ours | reference | ratio | budget | ok/short."""

import statistics
import time
from collections.abc import Callable

ROUNDS = 150


def alternate(ours: Callable[[], tuple[int, bytes]], theirs: Callable[[], tuple[int, bytes]]) -> tuple[float, float]:
    """Medians in seconds of two sides that take turns; an answer that is not 200 is a failure, never a figure."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        for side, call in enumerate((ours, theirs)):
            begun = time.perf_counter()
            status, _ = call()
            if turn > 10:  # the first turns warm both sides
                times[side].append(time.perf_counter() - begun)
            if status != 200:
                raise SystemExit(f"bench: an answer was {status}, so there is nothing to measure")
    return statistics.median(times[0]), statistics.median(times[1])


def ms(seconds: float) -> str:
    """Milliseconds with two digits."""
    return f"{seconds * 1000:.2f} ms"


def line(name: str, ours: str, reference: str, ratio: str, budget: str, is_ok: bool) -> None:
    """One figure."""
    print(" | ".join((name, ours, reference, ratio, budget, "ok" if is_ok else "short")), flush=True)
