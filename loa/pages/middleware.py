"""Leads from the addresses that texts and newsrooms had before to where they stand now."""

import re
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.archive.rules import old_address
from loa.organizations import queries as organizations
from loa.portals.middleware import host_of

_OF_NEWSROOM = re.compile(r"(?P<before>/(?:[a-z-]{2,12}/)?o/)(?P<slug>[\w-]+)(?P<after>(?:/.*)?)")


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
