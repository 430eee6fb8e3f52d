"""Which SQLite is in use, and whether several processes may use its write-ahead log.

SQLite 3.7.0 to 3.51.2 has a race on resetting the log that can lose committed writes or damage the file; 3.51.3 fixed
it, and so did 3.50.7 and 3.44.6 for their lines.
"""

from types import ModuleType

from loa.project.cli_errors import Trouble

OLDEST = (3, 31, 0)  # what Django 5.2 can work with


def library() -> ModuleType:
    """Return the module in use: pysqlite3 where it has wheels, or Python's own."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2
    return dbapi2  # type: ignore[no-any-return]


def version() -> tuple[int, int, int]:
    """Return the version of the SQLite in use."""
    major, minor, patch = (int(part) for part in library().sqlite_version.split(".")[:3])
    return major, minor, patch


def is_vulnerable(found: tuple[int, int, int]) -> bool:
    """Say whether this version has the race on resetting the write-ahead log."""
    if found[:2] == (3, 50):
        return found < (3, 50, 7)
    if found[:2] == (3, 44):
        return found < (3, 44, 6)
    return (3, 7, 0) <= found < (3, 51, 3)


def refuse_too_old() -> None:
    """Raise Trouble when Django cannot work with this SQLite."""
    if version() < OLDEST:
        found, needed = (".".join(map(str, v)) for v in (version(), OLDEST))
        raise Trouble(
            f"SQLite {found} quá cũ; Loa cần {needed} trở lên (hãy dùng Python mới hơn hoặc PostgreSQL).",
            f"SQLite {found} is too old; Loa needs {needed} or newer (use a newer Python, or PostgreSQL).",
        )
