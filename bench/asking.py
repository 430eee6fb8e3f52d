"""Asks the whole of Django for a page, as the server does behind the edge, and tells the database's time from Python's.

The reference is a bare view: one query and an empty template, behind the same middlewares.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse

Handler = Callable[[dict[str, Any], Callable[..., Any]], Any]


@dataclass(slots=True)
class Cost:
    """What one answer took: statements, and seconds of the processor with the database and without it."""

    status: int = 0
    queries: int = 0
    database: float = 0.0
    python: float = 0.0
    location: str = ""
    statements: list[tuple[float, str, Any]] = field(default_factory=list)

    @property
    def whole(self) -> float:
        """Seconds altogether."""
        return self.database + self.python


class Cursor(CursorWrapper):
    """A cursor that writes down what is asked of the database, and how long it took to answer."""

    cost = Cost()  # of the answer under way

    def execute(self, sql: Any, params: Any = None) -> Any:
        """One statement."""
        begun = clock()
        try:
            return super().execute(sql, params)
        finally:
            took = clock() - begun
            Cursor.cost.queries += 1
            Cursor.cost.database += took
            Cursor.cost.statements.append((took, sql, params))

    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        return timed(found) if name.startswith("fetch") else found

    def __iter__(self) -> Any:
        begun = clock()
        rows = list(super().__iter__())
        Cursor.cost.database += clock() - begun
        return iter(rows)


def timed(fetch: Callable[..., Any]) -> Callable[..., Any]:
    """Fetching, its time put down to the database: SQLite finds most rows only then."""

    def fetched(*arguments: Any) -> Any:
        begun = clock()
        try:
            return fetch(*arguments)
        finally:
            took = clock() - begun
            Cursor.cost.database += took
            last = Cursor.cost.statements
            if last:
                last[-1] = (last[-1][0] + took, *last[-1][1:])

    return fetched


clock: Callable[[], float] = time.process_time  # where the database is in this process; else of the wall (`handlers`)


def bare_view(_request: HttpRequest) -> HttpResponse:
    """One query and an empty template."""
    from django.template import engines

    from loa.portals.models import Portal

    list(Portal.objects.all()[:1])
    return HttpResponse(engines["django"].from_string("").render({}))


def bare_alone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads every address of a handler to the bare view."""

    def call(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return call


def urlpatterns_of_bare() -> list[Any]:
    """The one address."""
    from django.urls import path

    return [path("", bare_view)]


def handlers() -> tuple[Handler, Handler]:
    """The project's, set up as the server sets it up, and the bare one's."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test import override_settings

    from loa.edge.kept import kept
    from loa.lib.garbage import settle
    from loa.project.fair_sqlite.base import pool

    if connection.vendor != "sqlite":
        globals()["clock"] = time.perf_counter
    pool.most, kept.is_on = 1, True  # as `wsgi` has them
    connection.make_cursor = lambda cursor: Cursor(cursor, connection)  # type: ignore[method-assign]
    sys.modules[__name__].__dict__.setdefault("urlpatterns", urlpatterns_of_bare())
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, f"{__name__}.bare_alone"]):
        bare = WSGIHandler()
    ours = WSGIHandler()
    settle()  # likewise
    return ours, bare


def ask(handler: Handler, path: str) -> Cost:
    """One answer read to its end, and what it took."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost", "HTTP_ACCEPT": "*/*", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip
    Cursor.cost = cost = Cost()

    def start(status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        cost.status, cost.location = int(status[:3]), dict(headers).get("Location", "")

    begun = clock()
    answer = handler(environ, start)
    for _part in answer:
        pass
    answer.close()
    cost.python = clock() - begun - cost.database
    return cost


def median(costs: list[Cost], what: Callable[[Cost], float]) -> float:
    """Of one side, in milliseconds."""
    return statistics.median(what(one) for one in costs) * 1000
