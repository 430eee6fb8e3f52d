"""Memory of long-lived programs: the collector of cycles told to come less often, and what was freed handed back."""

import ctypes
import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000  # objects made and not yet gone, before it looks; Python's own number is 700

SERVING = 20_000, 20, 20  # the same for a program that serves; a few megabytes of garbage may wait
GIVE_BACK = 30.0  # seconds between two times that freed memory is handed back

_THREAD = "memory"
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone, malloc_trim(3)


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
    """It looks at what is made in here once in fifty thousand objects. Unless the program had settled, not at all
    at what was there before.

    For work in one thread that makes thousands of rows at a time: it took a fifth of the processor's time there to
    find nothing. What it is told holds for the whole process, and is taken back at the end.
    """
    before, has_settled = gc.get_threshold(), gc.get_freeze_count() > 0
    if not has_settled:  # else whatever is garbage by now would stay for good
        gc.freeze()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not has_settled:
            gc.unfreeze()


def give_back() -> None:
    """Hand back to the system what was freed in between of what is in use: glibc keeps it for the next who asks.

    Each thread asks in a heap of its own, so that it is kept many times over: counting a million entries left the
    worker with 192 MB of which it used 73. The collector is left alone. Where the library has no such call, nothing
    happens.
    """
    if _trim is not None:
        _trim(0)


def give_back_for_ever() -> None:
    """Now and then, in a thread of its own, of which a process has one however often it is told."""
    if any(thread.name == _THREAD for thread in threading.enumerate()):
        return

    def run() -> None:
        while True:
            time.sleep(GIVE_BACK)
            give_back()

    threading.Thread(target=run, name=_THREAD, daemon=True).start()
