"""Checks of the machine; they need no settings and no database."""

import subprocess
import sys
from datetime import UTC, datetime

from loa.project import cli_start, sqlite_version
from loa.project.cli_errors import Trouble
from loa.project.doctor.finding import Finding

GIB = 1024**3
BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # this code is not older: a clock before it is wrong


def python() -> Finding:
    """Look at Python's version."""
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", "ok" if sys.version_info >= (3, 11) else "wrong", found)


def folder() -> Finding:
    """Look whether LOA_HOME can be written to."""
    try:
        cli_start.refuse_unwritable_home()
    except Trouble as trouble:
        return Finding("folder", "wrong", trouble.english)
    return Finding("folder", "ok", f"{cli_start.home()} is writable")


def disk() -> Finding:
    """Look at the free room: SQLite and the search index fail badly on a full disk."""
    try:
        free = cli_start.free_bytes()
    except OSError as error:
        return Finding("disk", "wrong", str(error))
    return Finding("disk", "ok" if free > 2 * GIB else "wrong", f"{free / GIB:.1f} GiB free")


def clock() -> Finding:
    """Look whether the clock can be right: dates of releases, links in mails and certificates depend on it."""
    now = datetime.now(UTC)
    if now < BUILT:
        return Finding("clock", "wrong", f"{now:%Y-%m-%d %H:%M} UTC is before this version was made; set the clock")
    try:
        asked = ["timedatectl", "show", "--property", "NTPSynchronized", "--value"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    if said == "no":
        return Finding(
            "clock", "note", f"{now:%Y-%m-%d %H:%M} UTC, not synchronized; turn on systemd-timesyncd or chrony"
        )
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def sqlite() -> Finding:
    """Look whether this SQLite has the race on resetting its write-ahead log."""
    found = ".".join(map(str, sqlite_version.version()))
    if sqlite_version.is_vulnerable(sqlite_version.version()):
        return Finding(
            "sqlite", "note", f"{found} can lose writes in WAL mode; Loa keeps to the slower rollback journal"
        )
    return Finding("sqlite", "ok", f"{found} ({sqlite_version.library().__name__.split('.')[0]})")
