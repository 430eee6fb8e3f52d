"""Waits for the write lock in short, uneven naps.

SQLite's own handler backs off longer the longer a writer has waited, so the one who waited most loses: with eight
writers p99 was 9.2 s, with naps of 1-3 ms 0.20 s (docs/decisions/0003).
"""

import random
import time
from typing import Any

from django.db.backends.sqlite3 import base

PATIENCE = 20.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """The engine of `LOA_DATABASE_URL=sqlite:///…`."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that naps fairly, where the library can (`pysqlite3`); elsewhere the stock handler stays."""
        connection = super().get_new_connection(conn_params)
        if hasattr(connection, "set_busy_handler"):
            connection.set_busy_handler(Patience())
        return connection


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
