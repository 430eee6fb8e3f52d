"""Finds the portal of a request by its host."""

from collections.abc import Callable
from functools import partial
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse

from loa.edge.kept import kept
from loa.portals import queries
from loa.portals.models import Portal

TAGS = ("frame", "portal")  # what changes a portal purges one of these; `portal` where no frame shows the change
PORTALLESS = ("/static/", "/styles/", "/healthz", "/readyz")


class PortalByHost:
    """Sets `request.portal`; a host that leads to no portal is answered with a 404 that names none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PORTALLESS):
            return self.get_response(request)
        host = host_of(request)
        # Whoever has a cookie may be changing the portal: it is read for them.
        read = partial(queries.by_host, host)
        portal = read() if request.COOKIES else kept.get(("portal", host), read, tags=TAGS)
        if portal is None:
            raise Http404
        request.portal = portal  # type: ignore[attr-defined]  # Django's way to hand a request its context
        return self.get_response(request)


def portal_of(request: HttpRequest) -> Portal:
    """The portal whose host was asked."""
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set above


def host_of(request: HttpRequest) -> str:
    """The host name of the address, in small letters and without its port."""
    return request.get_host().rsplit(":", 1)[0].lower()
