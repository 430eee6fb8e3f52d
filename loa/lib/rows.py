"""Very many new rows of a table by one prepared statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection, models

_PLAIN = frozenset({str, int, bool, float, type(None)})  # what every database takes as it is


def insert(rows: Sequence[models.Model], *, ignores_conflicts: bool = False) -> None:
    """Makes these rows, all of one model, inside the caller's transaction, at a lower price than `bulk_create`.

    They learn no ids: whoever needs them asks by a key of their own. Rows that have an id keep it. `ignores_conflicts`
    leaves out what is there already by a unique key.
    """
    if not rows:
        return
    meta, name = rows[0]._meta, connection.ops.quote_name
    fields = [one for one in meta.local_concrete_fields if not one.primary_key or rows[0].pk is not None]
    values = zip(*map(attrgetter(*(one.attname for one in fields)), _dated(rows, fields)), strict=True)
    columns = [_as_kept(field, column) for field, column in zip(fields, values, strict=True)]
    before = connection.ops.insert_statement(on_conflict=_IGNORED if ignores_conflicts else None)
    after = connection.ops.on_conflict_suffix_sql(fields, _IGNORED if ignores_conflicts else None, [], [])
    into = f"{name(meta.db_table)} ({', '.join(name(str(one.column)) for one in fields)})"
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"{before} {into} VALUES ({places}) {after}", list(zip(*columns, strict=True)))


_IGNORED = models.constants.OnConflict.IGNORE


def _dated(rows: Sequence[models.Model], fields: Iterable["models.Field[Any, Any]"]) -> Sequence[models.Model]:
    """The rows, with the moments that a model takes down by itself."""
    for field in fields:
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            for row in rows:
                field.pre_save(row, add=True)
    return rows


def _as_kept(field: "models.Field[Any, Any]", values: Sequence[Any]) -> Sequence[Any]:
    """The values of one column as its database takes them."""
    if _PLAIN.issuperset(map(type, values)):
        return values
    # Lists are empty mostly, and one moment stands in many rows.
    known: dict[Any, Any] = {}
    kept = []
    for one in values:
        key = one if isinstance(one, datetime) else None if one else type(one)
        if key is None:
            kept.append(field.get_db_prep_save(one, connection))
            continue
        if key not in known:
            known[key] = field.get_db_prep_save(one, connection)
        kept.append(known[key])
    return kept
