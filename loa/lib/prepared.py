"""Queries written by the ORM once and asked again with other values: putting one together took longer than asking it.

`rows(build, portal_id=3, at=moment)` gives what `build(portal_id=3, at=moment)` would. The statement is kept for this
`build` and this shape of values: whole numbers, words and moments (also in lists, by their number) may differ from call
to call, while anything else (a truth, a function, a member of an enumeration, a length) belongs to the shape and is
told apart. So `build` asks nothing of a value but to stand in the statement: no sums, no comparing, no reading.
"""

import copy
from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
Place = tuple[str, int | None]  # the name of a value, and which of a list
Values = dict[str, Any]

_VARY = (int, str, datetime)
_FAR = 2**30  # no builder writes such a number itself, and every column of whole numbers but the smallest takes it
_LATE = datetime(8000, 1, 1, tzinfo=UTC)
_known: dict[Hashable, "_Statement"] = {}


def rows(build: Callable[..., QuerySet[Row]], **values: Any) -> list[Row]:
    """The rows of a queryset, in its order. LookupError: a value does not stand in the statement as it was given."""
    key = (connection.vendor, build, *((name, _shape(value)) for name, value in values.items()))
    statement = _known.get(key)
    if statement is None:
        statement = _known[key] = _Statement(build, values)
    return statement.rows(values)


def _shape(value: Any) -> Hashable:
    if isinstance(value, list | tuple):
        return tuple(_shape(one) for one in value)
    shape: Any = type(value) if type(value) in _VARY else value
    return cast("Hashable", shape)


class _Statement:
    """A compiled query, and which of its parameters is which value."""

    def __init__(self, build: Callable[..., QuerySet[Any]], values: Values) -> None:
        marked, marks = _marked(values)
        queryset = build(**marked)
        self.compiler: SQLCompiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self.sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:
            if all(value for value in values.values() if isinstance(value, list | tuple)):
                raise LookupError(f"{build.__qualname__}: nothing is ever found") from None
            self.sql, parameters = "", ()
        places = {_adapted(mark): place for mark, place in marks}
        fields = [one[0] for one in self.compiler.select[: self.compiler.col_count]] if self.sql else []
        self.converters = self.compiler.get_converters(fields)
        self.parameters = [(one, places.get(one) if isinstance(one, Hashable) else None) for one in parameters]
        missing = set(places.values()) - {place for _, place in self.parameters}
        if missing and self.sql:
            raise LookupError(f"{build.__qualname__}: no parameter is {sorted(missing, key=str)}")

    def rows(self, values: Values) -> list[Any]:
        """Asked with these."""
        if not self.sql:
            return []
        found = [one if place is None else _in_place(values, place, one) for one, place in self.parameters]
        compiler = copy.copy(self.compiler)
        compiler.connection = connection  # of this thread
        compiler.as_sql = lambda *_args, **_more: (self.sql, found)  # type: ignore[method-assign, assignment]
        compiler.get_converters = lambda _fields: self.converters  # type: ignore[method-assign, assignment]
        query = SimpleNamespace(get_compiler=lambda **_: compiler)
        asked: Any = SimpleNamespace(db=connection.alias, query=query, _known_related_objects={})
        return list(ModelIterable(asked))


def _marked(values: Values) -> tuple[Values, list[tuple[Any, Place]]]:
    """Values that nothing else is equal to, in the place of those that may differ."""
    marks: list[tuple[Any, Place]] = []

    def mark(value: Any, place: Place) -> Any:
        if type(value) not in _VARY:
            return value
        number = len(marks)
        far = {int: _FAR + number, str: f"…{number}…", datetime: _LATE + timedelta(days=number)}[type(value)]
        marks.append((far, place))
        return far

    def each(name: str, value: Any) -> Iterator[Any]:
        return (mark(one, (name, index)) for index, one in enumerate(value))

    return {
        name: list(each(name, value)) if isinstance(value, list | tuple) else mark(value, (name, None))
        for name, value in values.items()
    }, marks


def _in_place(values: Values, place: Place, mark: Any) -> Any:
    """A value as the database's own library wants it."""
    name, index = place
    value = values[name] if index is None else values[name][index]
    if isinstance(value, datetime):
        return _adapted(value)
    return value if type(mark) in _VARY else type(mark)(value)  # psycopg has a type for each size of number


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
