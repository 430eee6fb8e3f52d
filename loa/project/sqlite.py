"""Puts the SQLite that is free of the WAL-reset race in the place of the system's, before Django looks for one."""

import sys


def use_fixed() -> None:
    """Swaps `sqlite3` for `pysqlite3` where a wheel exists; elsewhere the system's stays and `loa doctor` judges it."""
    try:
        import pysqlite3  # noqa: PLC0415 - it exists on x86-64 Linux only
    except ImportError:
        return
    sys.modules.setdefault("sqlite3", pysqlite3)
    sys.modules.setdefault("sqlite3.dbapi2", pysqlite3.dbapi2)
