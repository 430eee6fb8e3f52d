"""The portal's icon, where browsers and telephones ask for it without being told."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.lib import icons
from loa.pages import rules
from loa.pages.views.cards import FRESH
from loa.portals.middleware import portal_of


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`: beside the page's name, in bookmarks and in results of searches."""
    portal = portal_of(request)
    return _answer(request, icons.icon(icons.mark_of(portal.name), portal.accent), "image/x-icon")


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """`/apple-touch-icon.png`: on the first page of a telephone."""
    portal = portal_of(request)
    return _answer(request, icons.touch(icons.mark_of(portal.name), portal.accent), "image/png")


def _answer(request: HttpRequest, picture: bytes, kind: str) -> HttpResponse:
    answer = rules.public(request, HttpResponse(picture, content_type=kind), {"frame"})
    answer["Cache-Control"] = FRESH
    return answer
