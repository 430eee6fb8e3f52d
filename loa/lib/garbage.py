"""The collector of cyclic garbage, told to come less often while very many rows are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000  # objects made and not yet gone, before it looks; Python's own number is 700


@contextmanager
def seldom() -> Iterator[None]:
    """It looks at what is made in here once in fifty thousand objects, and not at all at what was there before.

    For work in one thread that makes thousands of rows at a time: it took a fifth of the processor's time there to
    find nothing. What it is told holds for the whole process, and is taken back at the end.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
