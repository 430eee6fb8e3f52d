"""Puts a backup into an empty place, after checking every file and every table against its manifest."""

import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from loa.custody import queries
from loa.custody.actions.backup import FORMAT, SQLITE_FILE, applied_migrations, sweep_leftovers
from loa.custody.actions.seal import is_sealed, unseal
from loa.custody.errors import CannotRestore

Report = Callable[[str], None]
SAID = {"format": int, "engine": str, "version": str, "migrations": list, "tables": dict, "files": dict}
RESTORED = "restored"  # where a backup is laid out below a scratch folder


def restore(
    source: Path, *, media: Path, identity: Path | None = None, report: Report = lambda _: None
) -> dict[str, Any]:  # fmt: skip
    """Restore `source` into the configured database and `media`, both of which must be empty; return the manifest.

    `identity` is the file of the key that opens an encrypted one.

    All checks come before anything is put in place. The search index is not in a backup: rebuild it afterwards.
    Raises CannotRestore.
    """
    refuse_what_is_not_empty(media)
    work = workbench(media.parent, ".loa-restore-")
    try:
        manifest = lay_out(source, work, identity=identity, report=report)
        refuse_what_does_not_fit(manifest)
        report("checking")
        refuse_what_was_changed(manifest, work / RESTORED)
        report("placing")
        place(manifest, work / RESTORED, media)
    except OSError as error:
        raise CannotRestore(f"{source} could not be restored: {error.strerror or error}.") from error
    except (ValueError, KeyError) as error:
        raise CannotRestore(f"{source} is not a readable backup of Loa: {error}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def workbench(folder: Path, prefix: str) -> Path:
    """A new folder to lay a backup out in. Raises CannotRestore where none can be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        return Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
    except OSError as error:
        raise CannotRestore(f"{folder} cannot be written to: {error.strerror}.") from error


def lay_out(source: Path, work: Path, *, identity: Path | None, report: Report) -> dict[str, Any]:
    """Decrypt where it is encrypted and unpack below `work`/restored; return the manifest. Raises CannotRestore."""
    plain = source
    if is_sealed(source):
        report("decrypting")
        plain = work / "backup.tar"
        unseal(source, plain, identity=identity)
    report("reading")
    try:
        return unpack(plain, work / RESTORED)
    except (tarfile.TarError, ValueError, KeyError) as error:
        said = str(error)
        if "\n" in said:  # a list of every way in which tarfile tried to read it
            said = "it is no archive, or breaks off at its beginning"
        raise CannotRestore(f"{source} is not a readable backup of Loa: {said}.") from error


def refuse_what_is_not_empty(media: Path) -> None:
    """Raise CannotRestore unless database and media hold nothing: a restore never mixes two portals."""
    if media.exists() and any(media.iterdir()):
        raise CannotRestore(f"{media} already holds files; restore into an empty LOA_HOME.")
    if connection.vendor == "sqlite":
        taken = holds_tables(Path(str(connection.settings_dict["NAME"])))
    else:
        taken = bool(queries.tables_of_postgres(connection))
    if taken:
        raise CannotRestore("The database already holds tables; restore into an empty one.")


def holds_tables(path: Path) -> bool:
    """Whether an SQLite file is more than what a command leaves that only opened it; what cannot be read counts too."""
    try:
        return path.exists() and path.stat().st_size > 0 and bool(connection.introspection.table_names())
    except DatabaseError:
        return True


def unpack(source: Path, work: Path) -> dict[str, Any]:
    """Unpack plain files below `work`, refusing any name that would lead elsewhere, and return the manifest."""
    with tarfile.open(source) as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts
            known = parts[:1] in (("database",), ("media",)) or parts == ("manifest.json",)
            if not member.isfile() or not known or ".." in parts:
                raise CannotRestore(f"{source} holds {member.name}, which no backup of Loa does.")
            path = work.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            body = tar.extractfile(member)
            if body is not None:
                with path.open("wb") as out:
                    shutil.copyfileobj(body, out)
    if not (work / "manifest.json").is_file():
        raise CannotRestore(f"{source} breaks off: its manifest, which comes last, is not there.")
    manifest = json.loads((work / "manifest.json").read_text("utf-8"))
    if not isinstance(manifest, dict) or any(not isinstance(manifest.get(name), kind) for name, kind in SAID.items()):
        raise CannotRestore(f"{source} is not a readable backup of Loa: its manifest is none of ours.")
    return manifest


def refuse_what_does_not_fit(manifest: dict[str, Any]) -> None:
    """Raise CannotRestore when this set-up cannot hold that backup."""
    if manifest["format"] != FORMAT:
        raise CannotRestore(f"This backup has format {manifest['format']}; this Loa reads format {FORMAT}.")
    if manifest["engine"] != connection.vendor:
        raise CannotRestore(
            f"This backup was made on {manifest['engine']} and LOA_DATABASE_URL names {connection.vendor}."
        )
    if unknown := unknown_migrations(manifest["migrations"]):
        raise CannotRestore(
            f"This backup was made by Loa {manifest['version']}, which has the migration {unknown[0]} and is newer than"
            " this one; restore it with that version."
        )


def unknown_migrations(applied: Iterable[str]) -> list[str]:
    """Name those of app.name that this version does not have: what has them is newer."""
    return sorted(set(applied) - {".".join(key) for key in MigrationLoader(None).disk_migrations})


def refuse_what_was_changed(manifest: dict[str, Any], work: Path) -> None:
    """Raise CannotRestore when a file or a table is not what the manifest says."""
    found = {
        path.relative_to(work).as_posix(): hash_of(path)
        for path in work.rglob("*")
        if path.is_file() and path != work / "manifest.json"
    }
    wrong = sorted(
        name for name in found.keys() | manifest["files"].keys() if found.get(name) != manifest["files"].get(name)
    )
    if wrong:
        raise CannotRestore(f"The backup is damaged: {wrong[0]} is not what its manifest says.")
    tables = {table: {"rows": digest.rows, "sha256": digest.sha256} for table, digest in unpacked_digests(work).items()}
    if not tables:
        raise CannotRestore("The backup is damaged: no database is in it.")
    for table in sorted(tables.keys() | manifest["tables"].keys()):
        if manifest["tables"].get(table) != tables.get(table):
            raise CannotRestore(f"The backup is damaged: table {table} is not what its manifest says.")


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpacked_digests(work: Path) -> dict[str, queries.TableDigest]:
    """Digest each table of the unpacked backup."""
    if (work / SQLITE_FILE).exists():
        module: Any = connection.Database  # type: ignore[attr-defined]  # sqlite3 or pysqlite3
        database = module.connect(work / SQLITE_FILE)
        try:
            return queries.digests_of_sqlite(database)
        finally:
            database.close()
    return {path.stem: queries.digest(lines_of(path)) for path in (work / "database").glob("*.jsonl")}


def lines_of(path: Path) -> Iterator[bytes]:
    """Give the rows of a dumped table, without its first line, the column names."""
    with path.open("rb") as file:
        next(file)
        yield from file


def place(manifest: dict[str, Any], work: Path, media: Path) -> None:
    """Put everything where it belongs, the database last: without one nothing is served, without its files much is."""
    files = work / "media"
    has_files = files.exists()
    if has_files:
        if media.exists():
            media.rmdir()
        files.replace(media)
    try:
        place_database(manifest, work)
    except BaseException:
        if has_files:
            media.replace(files)  # the place is empty again
        raise


def place_database(manifest: dict[str, Any], work: Path) -> None:
    """Make the checked database the configured one."""
    if connection.vendor == "sqlite":
        connection.close()
        name = Path(str(connection.settings_dict["NAME"]))
        for beside in (name, name.with_name(name.name + "-wal"), name.with_name(name.name + "-shm")):
            beside.unlink(missing_ok=True)  # at most an empty file: what holds tables was refused
        (work / SQLITE_FILE).replace(name)
        return
    call_command("migrate", verbosity=0, interactive=False)
    if applied_migrations() != manifest["migrations"]:
        with connection.cursor() as cursor:  # the tables made a moment ago, so that the place is empty again
            cursor.execute(
                "DROP TABLE " + ", ".join(f'"{t}"' for t in queries.tables_of_postgres(connection)) + " CASCADE"
            )
        raise CannotRestore(f"This backup was made by Loa {manifest['version']}; restore it with that version.")
    with transaction.atomic(), connection.cursor() as cursor:
        tables = queries.tables_of_postgres(connection)
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
        for table in tables:
            fill(cursor, table, work / "database" / f"{table}.jsonl")


def fill(cursor: Any, table: str, path: Path) -> None:
    """Copy a dumped table in, and let its counter go on after the highest number."""
    with path.open("rb") as file:
        columns = json.loads(next(file))
        names = ", ".join(f'"{name}"' for name in columns)
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for line in file:
                copy.write_row(json.loads(line))
    for column in columns:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        (sequence,) = cursor.fetchone()
        if sequence:
            highest = f'(SELECT max("{column}") FROM "{table}")'  # noqa: S608 -- names come from the catalogue
            cursor.execute(f"SELECT setval(%s, coalesce({highest}, 1), {highest} IS NOT NULL)", [sequence])
