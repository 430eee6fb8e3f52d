"""Leads from the addresses that texts and newsrooms had before to where they stand now."""

import re
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.encoding import escape_uri_path

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.archive.rules import old_address
from loa.organizations import queries as organizations
from loa.portals.middleware import host_of
from loa.portals.models import Portal
from loa.ui.language import split

_OF_NEWSROOM = re.compile(r"(?P<before>/(?:[a-z-]{2,12}/)?o/)(?P<slug>[\w-]+)(?P<after>(?:/.*)?)")

# One slash before it and one behind: what begins with two, or as browsers read it, is the address of another site.
_ENDS_IN_SLASH = re.compile(r"/[^/\\].*[^/]/|/[^/\\]/", re.DOTALL)


class SlashTooMany:
    """Answers 301 to the page without the slash, where there is none with it; old addresses, which end so, go first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        portal = getattr(request, "portal", None)
        if response.status_code != 404 or portal is None or request.method not in ("GET", "HEAD"):
            return response
        if not _ENDS_IN_SLASH.fullmatch(request.path) or _leads(request.path, portal):
            return response
        without = request.path[:-1]
        if not _leads(without, portal):
            return response
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        moved = HttpResponsePermanentRedirect(escape_uri_path(without) + query)
        moved.headers["Cache-Control"] = "public, max-age=3600"
        return moved


def _leads(path: str, portal: Portal) -> bool:
    """Whether a view answers at this address, whatever it finds there."""
    return bool(is_valid_path(split(path, portal.language, portal.spoken)[1]))


class OldAddresses:
    """Answers 301 where there is no page of ours but one of another time; pages that are there lose nothing by it.

    The front page with a query comes first: `/?p=19` is how WordPress names a text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_asked_of_home = request.path == "/" and bool(request.META.get("QUERY_STRING"))
        entry = _found(request) if is_asked_of_home else None
        if entry is None:
            response = self.get_response(request)
            entry = _found(request) if response.status_code == 404 and not is_asked_of_home else None
            if entry is None:
                return response
        moved = HttpResponsePermanentRedirect(archive.address(entry))
        moved.headers["Cache-Control"] = "public, max-age=3600"
        return moved


def _found(request: HttpRequest) -> Entry | None:
    portal = getattr(request, "portal", None)
    if portal is None or request.method not in ("GET", "HEAD"):
        return None
    whole, bare = old_address(request.get_full_path()), old_address(request.path)
    paths = [found[1] for found in (whole, bare) if found is not None and found[1]]
    try:
        return archive.by_old_address(portal.pk, host_of(request), paths) if paths else None
    except DatabaseError:
        return None  # the page that says what went wrong stands without a database


class MergedNewsrooms:
    """Answers 301 at the pages of an organization that was merged into another: to the same page of that one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        path = _OF_NEWSROOM.fullmatch(request.path) if response.status_code == 404 else None
        portal = getattr(request, "portal", None)
        if path is None or portal is None or request.method not in ("GET", "HEAD"):
            return response
        try:
            into = organizations.merged_from(portal.pk, path["slug"])
        except DatabaseError:
            return response
        if into is None:
            return response
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        moved = HttpResponsePermanentRedirect(f"{path['before']}{into.slug}{path['after']}{query}")
        moved.headers["Cache-Control"] = "public, max-age=3600"
        return moved
