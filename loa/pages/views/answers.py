"""What every public page is made with: its portal, its language, its freshness."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.pages import rules
from loa.pages.views import structured
from loa.portals.middleware import portal_of
from loa.ui.language import language_of


def page(request: HttpRequest, template: str, context: dict[str, Any], tags: Iterable[str]) -> HttpResponse:
    portal = portal_of(request)
    usual: dict[str, Any] = {
        "zone": portal.time_zone,
        "canonical": portal.address + request.path,
        "card": portal.link("/og/portal.png", language_of(request)),
    }
    usual["languages"] = _languages(request, str(context.get("canonical", "")))
    if way := context.get("trail"):
        usual["json_ld"] = structured.trail(portal, language_of(request), [*way, (context["title"], request.path_info)])
    return rules.public(request, render(request, template, {**usual, **context}), {*tags, "frame"})


def _languages(request: HttpRequest, canonical: str) -> list[tuple[str, str]]:
    """The page in each language of the interface, itself too, and for whoever reads none of them (hreflang)."""
    portal, query = portal_of(request), canonical.partition("?")[1:]
    address = {code: portal.link(request.path_info, code) + "".join(query) for code in portal.spoken}
    return [*address.items(), ("x-default", address[portal.language])] if portal.language in address else []
