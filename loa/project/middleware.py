"""What every answer carries, and the guard of forms on pages without a cookie."""

import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from loa.project.errors import by_a_button, too_large

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
# The desk's text editor brings an import map, let in by a number used once, and makes style elements of its own.
DESK_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "script-src 'self'", "script-src 'self' 'nonce-{nonce}'"
)
# What any site may show in a frame: words, pictures and links, nothing that runs and nothing that is sent.
FRAMED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
DESKS = ("/desk/", "/operator/")
LIBRARY = re.compile(r"/desk/o/[-\w]+/media/upload")  # takes videos; its door looks at who sends before it reads
LARGEST_REQUEST = 25_000_000  # bytes, as the proxies of deploy/ have it; a picture may have 20 MB


class Headers:
    """Sets the content security policy and its like on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]  # Django's way
        response = self.get_response(request)
        # The path without the language: the editor is the same in all of them.
        # A 404 has no editor, and "is not" and "not for you" are equal to the byte, headers too.
        is_desk = request.path_info.startswith(DESKS) and response.status_code != 404
        policy = DESK_POLICY.format(nonce=nonce) if is_desk else POLICY
        if players := getattr(request, "players", None):  # videos of a provider's on this page, shown after a click
            policy += f"; frame-src {' '.join(sorted(players))}"
        is_framed = getattr(response, "may_be_framed", False)
        response.headers.setdefault("Content-Security-Policy", FRAMED_POLICY if is_framed else policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if not is_framed:
            response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        # Public pages say how long they stay; whatever says nothing may be somebody's draft.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class Bounds:
    """Keeps out what no page here can read: too long a body, and NUL, which PostgreSQL refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        largest = settings.LOA_LARGEST_VIDEO + 1_000_000 if LIBRARY.fullmatch(request.path_info) else LARGEST_REQUEST
        if length.isdecimal() and int(length) > largest:
            while int(length) < 10 * LARGEST_REQUEST and request.read(1_000_000):
                pass  # let go by and kept nowhere: a browser shows an answer only after it has sent everything
            return too_large(request)
        if "\0" in request.path_info:
            raise Http404
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return self.get_response(request)


class Buttons:
    """Lets nobody who opens what only a button sends stand before an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = by_a_button(request)
        page["Allow"] = response["Allow"]
        return page


class GuardedForms(CsrfViewMiddleware):
    """CSRF by cookie on desks; views marked exempt guard themselves by Origin and Sec-Fetch-Site."""
