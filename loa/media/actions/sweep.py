"""Sweeps away what was still being written when a process ended."""

import time

from loa.media import store

OLD = 86_400  # seconds; no file takes a day to arrive


def sweep_halves() -> int:
    """Delete half-written files of yesterday and before; returns how many."""
    if not store.folder().is_dir():
        return 0
    begun = time.time() - OLD
    old = [path for path in store.folder().glob(".*") if path.is_file() and path.stat().st_mtime < begun]
    store.drop(*(path.name for path in old))
    return len(old)
