"""Waits for the write lock in short, uneven naps, keeps connections open between requests, and reads statements once.

SQLite's own handler backs off longer the longer a writer has waited, so the one who waited most loses: with eight
writers p99 was 9.2 s, with naps of 1-3 ms 0.20 s (docs/decisions/0003).
"""

import random
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from loa.project.fair_sqlite.pool import Kept, Pool

PATIENCE = 20.0  # seconds

pool = Pool()  # of this process; it holds nothing until the server says how many it may (`wsgi`)


class DatabaseWrapper(base.DatabaseWrapper):
    """The engine of `LOA_DATABASE_URL=sqlite:///…`."""

    _kept: Kept | None = None  # what is open now, if it may be kept

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One that was kept, else a new one.

        A new one naps fairly, where the library can (`pysqlite3`); elsewhere the stock handler stays.
        """
        self._kept = pool.take(self._file)
        if self._kept is None:
            connection = super().get_new_connection(conn_params)
            if hasattr(connection, "set_busy_handler"):
                connection.set_busy_handler(Patience())
            self._kept = Kept.on(connection, self._file)
        return self._kept.connection

    def create_cursor(self, name: str | None = None) -> Any:
        """One that knows statements it has met."""
        return self.connection.cursor(factory=Cursor)

    def _close(self) -> None:
        kept, self._kept = self._kept, None
        is_sound = kept is not None and not self.in_atomic_block and not self.errors_occurred
        if kept is None or not is_sound or not pool.give_back(kept, self._file):
            super()._close()  # type: ignore[misc]  # the stubs leave it out

    @property
    def _file(self) -> Path:
        return Path(self.settings_dict["NAME"])


class Cursor(base.SQLiteCursorWrapper):
    """Django's looks through a statement for what stands for a value each time it is asked; this one once."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        """As SQLite wants it; long ones and those with names are left to Django."""
        if param_names is not None or len(query) > LONGEST:
            return str(super().convert_query(query, param_names=param_names))
        return _converted(query)


LONGEST = 20_000  # letters


@lru_cache(maxsize=500)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Patience:
    """Called by SQLite with the number of naps so far; answers whether to try again."""

    def __init__(self) -> None:
        self.since = 0.0

    def __call__(self, naps: int) -> bool:
        now = time.monotonic()
        if naps == 0:
            self.since = now
        if now - self.since > PATIENCE:
            return False
        time.sleep(random.uniform(0.001, 0.003))  # noqa: S311 - a nap, not a secret
        return True
