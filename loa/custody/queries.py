"""Reads the whole database, table by table, without knowing any table: what backups are made and checked of."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

BATCH = 2000


class TableDigest(NamedTuple):
    """How many rows a table has, and the SHA-256 of all of them in the order of the primary key."""

    rows: int
    sha256: str


def canonical(row: Sequence[Any]) -> bytes:
    """Return a row as one line of JSON that is the same wherever the row is the same; bytes become {"hex": …}."""
    values = [{"hex": bytes(v).hex()} if isinstance(v, bytes | memoryview) else v for v in row]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest(rows: Iterator[bytes]) -> TableDigest:
    """Digest the lines of one table."""
    count, sha = 0, hashlib.sha256()
    for row in rows:
        sha.update(row)
        count += 1
    return TableDigest(count, sha.hexdigest())


def digests_of_sqlite(database: Any) -> dict[str, TableDigest]:
    """Digest every table of an open SQLite connection (sqlite3 or pysqlite3)."""
    return {table: digest(rows_of_sqlite(database, table)) for table in tables_of_sqlite(database)}


def tables_of_sqlite(database: Any) -> list[str]:
    """Name the tables, SQLite's own left out."""
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [name for (name,) in found.fetchall()]


def rows_of_sqlite(database: Any, table: str) -> Iterator[bytes]:
    """Give each row as a canonical line, by primary key; the values are as stored, no type is guessed."""
    columns = database.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
    key = [_quoted(name) for _, name, _, _, _, place in sorted(columns, key=lambda c: c[5]) if place]
    order = ", ".join(key) or "rowid"
    cursor = database.execute(f"SELECT * FROM {_quoted(table)} ORDER BY {order}")  # noqa: S608 -- names are quoted
    while rows := cursor.fetchmany(BATCH):
        yield from map(canonical, rows)


def digests_of_postgres(connection: BaseDatabaseWrapper) -> dict[str, TableDigest]:
    """Digest every table of the current schema; call it inside one snapshot."""
    return {table: digest(rows_of_postgres(connection, table)) for table in tables_of_postgres(connection)}


def tables_of_postgres(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the tables of the current schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name COLLATE \"C\""
        )
        return [name for (name,) in cursor.fetchall()]


def columns_of_postgres(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """Name the columns that hold data of their own, in a fixed order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND table_name = %s AND is_generated = 'NEVER' ORDER BY column_name COLLATE \"C\"",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def rows_of_postgres(connection: BaseDatabaseWrapper, table: str) -> Iterator[bytes]:
    """Give each row as a canonical line of texts: PostgreSQL reads back exactly what its ::text wrote, of any type."""
    columns = ", ".join(f"{_quoted(name)}::text" for name in columns_of_postgres(connection, table))
    key = ", ".join(f'{_quoted(name)}::text COLLATE "C"' for name in _key_of_postgres(connection, table))
    order = key or f'({_quoted(table)}::text) COLLATE "C"'
    # A plain cursor in batches would hold the whole table in memory; a named one lives on the server.
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {_quoted(table)} ORDER BY {order}")  # noqa: S608 -- names are quoted
        while rows := cursor.fetchmany(BATCH):
            yield from map(canonical, rows)


def _key_of_postgres(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
            " AND a.attnum = ANY(i.indkey) WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY a.attname",
            [_quoted(table)],
        )
        return [name for (name,) in cursor.fetchall()]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
