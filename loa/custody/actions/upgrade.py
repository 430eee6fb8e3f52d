"""Brings the database to this version's shape, with a backup beforehand and the way back if it fails."""

import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from loa.custody.actions.backup import SQLITE_FILE, backup
from loa.custody.actions.restore import unpack
from loa.custody.errors import UpgradeFailed


def migrate() -> None:
    """Apply every migration that waits."""
    call_command("migrate", verbosity=0, interactive=False)


def waiting_migrations() -> list[str]:
    """Name the migrations of this version that the database does not have yet."""
    executor = MigrationExecutor(connection)
    return [f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def upgrade(target: Path, *, media: Path, version: str, apply: Callable[[], None] = migrate) -> list[str]:
    """Back up to `target`, migrate, and return the migrations applied; no backup is made when none waits.

    Raises UpgradeFailed with the database as it was: PostgreSQL takes all migrations in one transaction, SQLite is
    put back from the backup just made. Stop the portal before: the web must not run on a database half way.
    """
    waiting = waiting_migrations()
    if not waiting:
        return []
    backup(target, media=media, version=version)
    try:
        with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
            apply()
    except Exception as error:
        if connection.vendor == "sqlite":
            put_back(target)
        raise UpgradeFailed(f"The upgrade failed and the database is as it was before: {error}") from error
    return waiting


def put_back(source: Path) -> None:
    """Write the database of a backup over the live one, page by page, under SQLite's own lock."""
    connection.close()
    connection.ensure_connection()
    module: Any = connection.Database  # type: ignore[attr-defined]  # sqlite3 or pysqlite3
    with tempfile.TemporaryDirectory(dir=source.parent) as work:
        unpack(source, Path(work))
        old = module.connect(Path(work) / SQLITE_FILE)
        try:
            old.backup(connection.connection)
        finally:
            old.close()
    connection.close()
