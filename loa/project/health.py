"""Signs of life for the machine that watches."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from loa.lib import clock
from loa.search.queries import engine
from loa.wire.models import Beat


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", "text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Database, search index, and the worker's last beat within 30 s; 503 names what is wrong."""
    checks = {"database": is_database_up(), "search": engine().exists(), "worker": has_beat()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def is_database_up() -> bool:
    """Whether a query is answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def has_beat() -> bool:
    """Whether the worker was there in the last 30 seconds."""
    try:
        return Beat.objects.filter(at__gte=clock.now() - timedelta(seconds=30)).exists()
    except DatabaseError:
        return False
