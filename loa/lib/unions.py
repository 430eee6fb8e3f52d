"""Several short lists of keys as one statement: the ORM has no union of sliced lists on SQLite."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def together(*parts: QuerySet[Any, Any]) -> RawSQL:
    """The one column that each of the lists gives, for `pk__in`; each keeps its own length.

    An OR of the lists reads the whole table on PostgreSQL.
    """
    sql: list[str] = []
    values: list[Any] = []
    for number, part in enumerate(parts):
        with suppress(EmptyResultSet):
            one, its = part.query.sql_with_params()
            sql.append(f"SELECT * FROM ({one}) AS part{number}")  # noqa: S608 (the ORM's own text, values apart)
            values += its
    return RawSQL(" UNION ALL ".join(sql) or "SELECT CAST(NULL AS bigint)", values)  # noqa: S611 (likewise)
