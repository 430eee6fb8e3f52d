"""What is written to standard error: plain lines, or one JSON object a line, and nothing in them of any person.

A line tells which request it belongs to, and a request is told by its route (`desk/join/<str:token>`), never by its
address: addresses hold words searched for, secrets of links and marks of mails. Mail addresses are taken out of the
rest, and so are the values PostgreSQL tells of a refused row.
"""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_MAIL = re.compile(r"[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_VALUES = re.compile(r"(Key \(.*?\)=|Failing row contains )\(.*?\)(?=[ .]|$)", re.MULTILINE)
_GIVEN = re.compile(r"[\w.-]{8,64}")
_NOT_TOLD = ("/healthz", "/readyz", "/static/", "/styles/")
_now: ContextVar[str] = ContextVar("request", default="")
log = logging.getLogger(__name__)


class Requests:
    """Gives each request a number, which its lines carry; a proxy in front may have given one (`X-Request-ID`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.LOA_PROXIES else ""
        number = given if _GIVEN.fullmatch(given) and not _MAIL.search(given) else secrets.token_hex(8)
        request.number = number  # type: ignore[attr-defined]  # Django's way to hand a request its context
        token, began = _now.set(number), time.monotonic()
        try:
            response = self.get_response(request)
            if response.status_code >= 500:  # the same pages go to everybody else, and are kept
                response["X-Request-ID"] = number
            if not request.path_info.startswith(_NOT_TOLD):
                log.info("request", extra={"told": told(request, response.status_code, time.monotonic() - began)})
            return response
        finally:
            _now.reset(token)


def told(request: HttpRequest, status: int, seconds: float) -> dict[str, Any]:
    """What one line tells of a request Django answered; whoever got a stored page is not here."""
    portal = getattr(request, "portal", None)
    return {
        "method": request.method, "route": route(request), "status": status, "milliseconds": round(seconds * 1000, 1),
        "portal": portal.slug if portal else "",
    }  # fmt: skip


def route(request: HttpRequest) -> str:
    """The pattern of an address, which is the same for everybody; nothing where no page stands there."""
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else "?"


def scrubbed(text: str) -> str:
    """The text without addresses of people and values of rows."""
    return _VALUES.sub(r"\1(…)", _MAIL.sub("…@…", text))


class Routes(logging.Filter):
    """Tells a request by its route where Django would write its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            said = (request.path, request.get_full_path())
            record.args = tuple(route(request) if one in said else one for one in record.args)
        return True


class Plain(logging.Formatter):
    """A line for people, its traceback below."""

    def format(self, record: logging.LogRecord) -> str:
        """Name the request after the level, where there is one."""
        number = _now.get()
        told = getattr(record, "told", None)
        more = " " + " ".join(f"{name}={value}" for name, value in told.items()) if told else ""
        return scrubbed(f"{record.levelname} {f'[{number}] ' if number else ''}{super().format(record)}{more}")


class Json(logging.Formatter):
    """One object a line: at (UTC, RFC 3339), level, logger, message; request, trace and the rest where there is any."""

    def format(self, record: logging.LogRecord) -> str:
        """Leave out what is empty."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {
            "at": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
            "request": _now.get(), "trace": self.formatException(record.exc_info) if record.exc_info else "",
        } | getattr(record, "told", {})  # fmt: skip
        kept = {
            name: scrubbed(value) if isinstance(value, str) else value for name, value in line.items() if value != ""
        }
        return json.dumps(kept, ensure_ascii=False)


def configuration(form: str) -> dict[str, Any]:
    """Django's LOGGING: warnings and faults, and with `json` every request that Django answered."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"routes": {"()": "loa.project.logs.Routes"}},
        "formatters": {"plain": {"()": "loa.project.logs.Plain"}, "json": {"()": "loa.project.logs.Json"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["routes"]}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django.request": {"level": "ERROR"},  # pages that are not there are no fault of ours
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor is what a stranger calls a host
            "loa.project.logs": {"level": "INFO" if form == "json" else "WARNING"},
        },
    }
