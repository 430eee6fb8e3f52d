"""Queries written by the ORM once and asked again with other values: putting one together took longer than asking it.

`rows(build, portal_id=3, at=moment)` gives what `build(portal_id=3, at=moment)` would, and `tuples` does so for a
queryset of `values_list`. How a row becomes objects is worked out once, too. The statement is kept for this
`build` and this shape of values: whole numbers, words and moments (also in lists, by their number) may differ from call
to call, while anything else (a truth, a function, a member of an enumeration, a length) belongs to the shape and is
told apart. So `build` asks nothing of a value but to stand in the statement: no sums, no comparing, no reading.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=Model)
Place = tuple[str, int | None]  # the name of a value, and which of a list
Values = dict[str, Any]

_VARY = (int, str, datetime)
_FAR = 2**30  # no builder writes such a number itself, and every column of whole numbers but the smallest takes it
_LATE = datetime(8000, 1, 1, tzinfo=UTC)
_known: dict[Hashable, "_Statement"] = {}


def rows(build: Callable[..., QuerySet[Row]], **values: Any) -> list[Row]:
    """The rows of a queryset, in its order. LookupError: a value does not stand in the statement as it was given."""
    return asked(build, **values).rows()


def tuples(build: Callable[..., QuerySet[Any, Any] | RawSQL], **values: Any) -> list[tuple[Any, ...]]:
    """The same for a queryset that gives columns, or a statement that gives keys."""
    return asked(build, **values).tuples()


def asked(build: Callable[..., QuerySet[Row, Any] | RawSQL], **values: Any) -> "Asked[Row]":
    """What the database says, for whoever may know already what becomes of it."""
    db = connections[DEFAULT_DB_ALIAS]  # looked up once: `connection` does it for whatever is asked of it
    statement = _statement(build, values, db.vendor)
    return Asked(statement, statement.columns(values, db))


@dataclass(frozen=True, slots=True)
class Asked(Generic[Row]):
    """Rows as they came from the database: from equal columns equal objects are made."""

    statement: "_Statement"
    columns: list[tuple[Any, ...]]

    def rows(self, chosen: list[tuple[Any, ...]] | None = None) -> list[Row]:
        """The objects, of all of them or of those chosen, in that order."""
        make, columns = self.statement.make, self.columns if chosen is None else chosen
        rows = self.statement.converted(columns)
        return [make(row, DEFAULT_DB_ALIAS) for row in rows] if make is not None else []

    def tuples(self, chosen: list[tuple[Any, ...]] | None = None) -> list[tuple[Any, ...]]:
        """The columns as Python knows them, likewise."""
        return [tuple(row) for row in self.statement.converted(self.columns if chosen is None else chosen)]


def padded(keys: Collection[int]) -> list[int]:
    """The keys, and some that no row has: so few statements differ by nothing but their number."""
    return [*keys, *(0 for _ in range(-len(keys) % 16))]


def _statement(build: Callable[..., QuerySet[Any, Any] | RawSQL], values: Values, vendor: str) -> "_Statement":
    key = (vendor, build, *((name, _shape(value)) for name, value in values.items()))
    statement = _known.get(key)
    if statement is None:
        statement = _known[key] = _Statement(build, values)
    return statement


def _shape(value: Any) -> Hashable:
    if isinstance(value, list | tuple):
        return tuple(_shape(one) for one in value)
    shape: Any = type(value) if type(value) in _VARY else value
    return cast("Hashable", shape)


class _Statement:
    """A compiled query, and which of its parameters is which value."""

    converters: Sequence[tuple[int, Sequence[Any], Any]] = ()
    make: "_Maker | None" = None

    def __init__(self, build: Callable[..., QuerySet[Any, Any] | RawSQL], values: Values) -> None:
        marked, marks = _marked(values)
        asked = build(**marked)
        parameters = self._as_written(asked) if isinstance(asked, RawSQL) else self._compiled(build, asked, values)
        places = {_adapted(mark): place for mark, place in marks}
        self.parameters = [(one, places.get(one) if isinstance(one, Hashable) else None) for one in parameters]
        missing = set(places.values()) - {place for _, place in self.parameters}
        if missing and self.sql:
            raise LookupError(f"{build.__qualname__}: no parameter is {sorted(missing, key=str)}")

    def _as_written(self, asked: RawSQL) -> Sequence[Any]:
        self.sql = asked.sql
        return list(asked.params)

    def _compiled(self, build: Callable[..., Any], queryset: QuerySet[Any, Any], values: Values) -> Sequence[Any]:
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self.sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            if all(value for value in values.values() if isinstance(value, list | tuple)):
                raise LookupError(f"{build.__qualname__}: nothing is ever found") from None
            self.sql = ""
            return ()
        fields = [one[0] for one in compiler.select[: compiler.col_count]]
        self.converters = [(place, how, of) for place, (how, of) in compiler.get_converters(fields).items()]
        if issubclass(queryset._iterable_class, ModelIterable):
            self.make = _Maker(compiler.klass_info, compiler)
        return list(parameters)

    def columns(self, values: Values, db: Any) -> list[tuple[Any, ...]]:
        """Asked with these: the columns as they come."""
        if not self.sql:
            return []
        asked = [one if place is None else _in_place(values, place, one) for one, place in self.parameters]
        with db.cursor() as cursor:
            cursor.execute(self.sql, asked)
            return list(cursor.fetchall())

    def converted(self, columns: list[tuple[Any, ...]]) -> list[list[Any]]:
        """The columns as Python knows them."""
        found = [list(row) for row in columns]
        for place, converters, of in self.converters:
            for row in found:
                value = row[place]
                for convert in converters:
                    value = convert(value, of, connection)
                row[place] = value
        return found


class _Maker:
    """How the columns of a row become an object and those joined to it: as the ORM would, without asking it for each.

    The ORM calls a model's `__init__`, which sends two signals and looks at every field that was left out.
    """

    def __init__(self, about: dict[str, Any], compiler: Any) -> None:
        self.model: type[Model] = about["model"]
        if self.model.__init__ is not Model.__init__ or self.model.from_db.__func__ is not Model.from_db.__func__:  # type: ignore[attr-defined]
            raise LookupError(f"{self.model.__qualname__} is made in a way of its own")
        chosen = about["select_fields"]
        self.begins, self.ends = chosen[0], chosen[-1] + 1
        self.names = [compiler.select[place][0].target.attname for place in chosen]
        self.key = self.begins + self.names.index(self.model._meta.pk.attname)
        self.joined = [
            (_Maker(one, compiler), _place_in_cache(one["local_setter"]), one["local_setter"], one["remote_setter"])
            for one in about.get("related_klass_infos", ())
        ]
        more = compiler.annotation_col_map if about is compiler.klass_info else None
        self.more = list((more or {}).items())

    def __call__(self, row: list[Any], db: str) -> Any:
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, db
        cache = state.fields_cache = {}
        own = made.__dict__
        own["_state"] = state
        own.update(zip(self.names, row[self.begins : self.ends], strict=True))
        for make, place, here, there in self.joined:
            other = make(row, db) if row[make.key] is not None else None
            if place is not None:
                cache[place] = other
                continue
            here(made, other)
            if other is not None:
                there(other, made)
        for name, place in self.more:
            setattr(made, name, row[place])
        return made


def _place_in_cache(setter: Any) -> str | None:
    """Where a foreign key of many rows to one keeps that one; what it leads to knows nothing of them."""
    field = getattr(setter, "__self__", None)
    is_plain = isinstance(field, ForeignKey) and not field.unique and setter == field.set_cached_value
    return field.cache_name if field is not None and is_plain else None


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
