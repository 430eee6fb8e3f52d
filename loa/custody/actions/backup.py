"""Writes everything owned into one file while the portal runs: the database of one moment, and every media file."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction

from loa.custody import queries
from loa.custody.actions.seal import seal
from loa.custody.errors import CannotBackUp
from loa.lib import clock

FORMAT = 1
LEFT_BEHIND = 86_400  # seconds; none takes a day
SQLITE_FILE = "database/loa.db"
Report = Callable[[str], None]


def backup(
    target: Path, *, media: Path, version: str, recipients: Sequence[str] = (), report: Report = lambda _: None
) -> dict[str, Any]:  # fmt: skip
    """Write the backup to `target` (.tar, readable by its owner only) and return its manifest.

    With `recipients` it is encrypted for these keys (`seal`).

    The database comes first and is one snapshot, the media after it: each file a row speaks of is there, and one more
    may be. The file appears under its name whole or not at all. The secret key is not in it, and neither is the search
    index, which is made from the record. Raises CannotBackUp.
    """
    if target.exists():
        raise CannotBackUp(f"{target} exists already; a backup never writes over another one.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(target.parent)
        work = Path(tempfile.mkdtemp(prefix=".loa-backup-", dir=target.parent))
    except OSError as error:
        raise CannotBackUp(f"{target.parent} cannot be written to: {error.strerror}.") from error
    try:
        manifest = {"format": FORMAT, "made_at": clock.now().isoformat(), "version": version}
        manifest |= {"engine": connection.vendor, "migrations": applied_migrations()}
        report("database")
        manifest["tables"] = snapshot(work)
        report("media")
        partial = work / "backup.tar"
        manifest["files"] = write_tar(partial, work, media, manifest)
        if recipients:
            report("encrypting")
            seal(partial, work / "backup.tar.age", recipients=recipients)
            partial = work / "backup.tar.age"
        put_in_place(partial, target)
    except OSError as error:
        raise CannotBackUp(f"The backup could not be written to {target}: {error.strerror}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def sweep_leftovers(folder: Path) -> None:
    """Remove what backups, restores and nights that were killed left half done in a folder, yesterday or before."""
    for path in folder.glob(".loa-*-*"):
        if path.is_dir() and path.stat().st_mtime < time.time() - LEFT_BEHIND:
            shutil.rmtree(path, ignore_errors=True)


def applied_migrations() -> list[str]:
    """Name the migrations the database has, as app.name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return sorted(f"{app}.{name}" for app, name in cursor.fetchall())


def snapshot(work: Path) -> dict[str, dict[str, Any]]:
    """Copy the database of one moment below `work`, and digest each table as it was copied."""
    (work / "database").mkdir()
    digests = snapshot_sqlite(work / SQLITE_FILE) if connection.vendor == "sqlite" else snapshot_postgres(work)
    return {table: {"rows": found.rows, "sha256": found.sha256} for table, found in sorted(digests.items())}


def snapshot_sqlite(path: Path) -> dict[str, queries.TableDigest]:
    """Copy by SQLite's own backup: in WAL mode all pages of one moment, and writers are not held up."""
    connection.ensure_connection()
    module: Any = connection.Database  # type: ignore[attr-defined]  # sqlite3 or pysqlite3, whichever is in use
    copy = module.connect(path)
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
        return queries.digests_of_sqlite(copy)
    except module.Error as error:  # a full disk, a damaged page: SQLite says it in words of its own
        raise CannotBackUp(f"The database could not be copied to {path.parent.parent.parent}: {error}.") from error
    finally:
        copy.close()


def snapshot_postgres(work: Path) -> dict[str, queries.TableDigest]:
    """Dump every table as lines of JSON within one REPEATABLE READ snapshot; each begins with its column names."""
    digests = {}
    with one_postgres_snapshot():
        for table in queries.tables_of_postgres(connection):
            with (work / "database" / f"{table}.jsonl").open("wb") as out:
                columns = queries.columns_of_postgres(connection, table)
                out.write(json.dumps(columns).encode() + b"\n")
                digests[table] = queries.digest(_teed(queries.rows_of_postgres(connection, table), out))
    return digests


@contextmanager
def one_postgres_snapshot() -> Iterator[None]:
    """Hold one read-only view of the database, on the connection of this thread."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _teed(rows: Iterator[bytes], out: BinaryIO) -> Iterator[bytes]:
    for row in rows:
        out.write(row)
        yield row


def write_tar(partial: Path, work: Path, media: Path, manifest: dict[str, Any]) -> dict[str, str]:
    """Write database, media and, last, the manifest; return the SHA-256 of each file."""
    hashes: dict[str, str] = {}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted((work / "database").iterdir()):
            hashes[f"database/{path.name}"] = add(tar, f"database/{path.name}", path)
        for path in sorted(media.rglob("*")) if media.exists() else ():
            # A file whose name begins with a dot is still being written, and one may be thrown away meanwhile.
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                name = f"media/{path.relative_to(media).as_posix()}"
                with suppress(FileNotFoundError):
                    hashes[name] = add(tar, name, path)
        body = json.dumps(manifest | {"files": hashes}, ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo("manifest.json")
        member.size, member.mode = len(body), 0o600
        tar.addfile(member, io.BytesIO(body))
    return hashes


def add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add one file and return the digest of exactly the bytes that went in."""
    with path.open("rb") as source:
        member = tarfile.TarInfo(name)
        member.size, member.mode = os.fstat(source.fileno()).st_size, 0o600
        hashed = _Hashed(source)
        tar.addfile(member, hashed)
        return hashed.sha256.hexdigest()


class _Hashed:
    """A file that digests what is read from it."""

    def __init__(self, source: BinaryIO) -> None:
        self.source, self.sha256 = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.sha256.update(data)
        return data


def put_in_place(partial: Path, target: Path) -> None:
    """Give the finished file its name, so that a crash leaves the whole backup or none."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
