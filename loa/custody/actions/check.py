"""Check: restore a backup into a scratch folder, compare every table and file with what it says, and throw it away."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from loa.custody.actions.backup import SQLITE_FILE
from loa.custody.actions.restore import (
    RESTORED,
    lay_out,
    refuse_what_does_not_fit,
    refuse_what_was_changed,
    workbench,
)
from loa.custody.actions.seal import is_sealed
from loa.custody.errors import CannotRestore

Report = Callable[[str], None]


def check(
    source: Path, *, scratch: Path, identity: Path | None = None, report: Report = lambda _: None
) -> dict[str, Any]:  # fmt: skip
    """Return the manifest of a backup that comes back: every row and byte is there, and the database is sound.

    Nothing of the portal is touched; `scratch` needs room for the backup once more. Raises CannotRestore.
    """
    work = workbench(scratch, ".loa-check-")
    try:
        needed, free = source.stat().st_size * (2 if is_sealed(source) else 1), shutil.disk_usage(scratch).free
        if free < needed:
            raise CannotRestore(f"{scratch} has room for {free:,} bytes; looking through the backup takes {needed:,}.")
        manifest = lay_out(source, work, identity=identity, report=report)
        refuse_what_does_not_fit(manifest)
        report("comparing")
        refuse_what_was_changed(manifest, work / RESTORED)
        if (work / RESTORED / SQLITE_FILE).exists():
            refuse_what_is_not_sound(work / RESTORED / SQLITE_FILE)
        return manifest
    except OSError as error:
        raise CannotRestore(f"{source} could not be looked through: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def refuse_what_is_not_sound(path: Path) -> None:
    """Raise CannotRestore when SQLite itself finds the restored database damaged, or a row that points nowhere."""
    module: Any = connection.Database  # type: ignore[attr-defined]  # sqlite3 or pysqlite3
    database = module.connect(path)
    try:
        (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise CannotRestore(f"The restored database is damaged: {said}.")
        if (row := database.execute("PRAGMA foreign_key_check").fetchone()) is not None:
            raise CannotRestore(f"A row of the restored table {row[0]} points to one that is not there.")
    finally:
        database.close()
