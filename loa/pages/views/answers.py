"""What every public page is made with: its portal, its language, its freshness."""

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.pages import rules
from loa.portals.models import Portal


def portal_of(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]


def language_of(request: HttpRequest) -> str:
    return str(getattr(request, "language", "vi"))


def page(request: HttpRequest, template: str, context: dict[str, Any], tags: Iterable[str]) -> HttpResponse:
    context = {"zone": portal_of(request).time_zone, "canonical": portal_of(request).address + request.path, **context}
    return rules.public(request, render(request, template, context), {*tags, "frame"})
