"""The collector of cyclic garbage, told to come less often: while rows are made that all stay, and in what serves."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000  # objects made and not yet gone, before it looks; Python's own number is 700

SERVING = 20_000, 20, 20  # the same for a program that serves; a few megabytes of garbage may wait


def settle() -> None:
    """Whatever is loaded by now stays for good: it is looked at no more, and the rest seldom.

    A look at all that Django is made of stops every thread of a web worker for some fifty milliseconds, and came
    after each ninety pages that were made.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SERVING)


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
