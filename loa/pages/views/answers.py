"""What every public page is made with: its portal, its language, its freshness."""

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.pages import rules
from loa.pages.views import structured
from loa.portals.models import Portal


def portal_of(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]


def language_of(request: HttpRequest) -> str:
    return str(getattr(request, "language", "vi"))


def page(request: HttpRequest, template: str, context: dict[str, Any], tags: Iterable[str]) -> HttpResponse:
    portal = portal_of(request)
    usual = {
        "zone": portal.time_zone,
        "canonical": portal.address + request.path,
        "card": portal.link("/og/portal.png", language_of(request)),
    }
    if way := context.get("trail"):
        usual["json_ld"] = structured.trail(portal, language_of(request), [*way, (context["title"], request.path_info)])
    return rules.public(request, render(request, template, {**usual, **context}), {*tags, "frame"})
