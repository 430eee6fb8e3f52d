"""Text of somebody who is not signed in, or no longer: kept under a cookie until they are."""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from loa.accounts.views import View
from loa.compose import queries
from loa.compose.actions.keep import keep
from loa.limits.actions.take import take
from loa.limits.rules import address_of

COOKIE = "__Host-draft" if settings.SESSION_COOKIE_SECURE else "draft"


def token_of(request: HttpRequest) -> str:
    """The token of what this browser keeps; empty where it keeps nothing."""
    token = request.COOKIES.get(COOKIE, "")
    return token if queries.kept(token) else ""


def may_keep(request: HttpRequest) -> bool:
    """Count one more text from this network; thirty an hour are enough for people."""
    return take(f"compose.keep:{address_of(request.META, settings.LOA_PROXIES)}", limit=30, seconds=3600)


def keep_typed(request: HttpRequest, response: HttpResponse, *, token: str = "") -> HttpResponse:
    """Keeps what was sent, and gives the browser the token to find it by."""
    response.set_cookie(
        COOKIE,
        keep(request.POST.dict(), token=token),
        max_age=queries.DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def _page_of(request: HttpRequest) -> str:
    """Where somebody who signs in goes on: the page asked for, or the one with the button that was pressed."""
    if request.method != "POST":
        return request.get_full_path()
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return reverse("compose:mine")
    is_path = came_from.path.startswith("/") and not came_from.path.startswith(("//", "/\\"))
    is_ours = is_path and came_from.netloc == request.get_host()
    return urlunsplit(("", "", came_from.path, came_from.query, "")) if is_ours else reverse("compose:mine")


def for_writers(view: View) -> View:
    """Asks who one is; what was typed into a page whose session has ended is kept, not lost."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        is_typed = request.POST.get("headline") or request.POST.get("body_html")
        if not is_typed or not may_keep(request):
            return redirect_to_login(_page_of(request))
        messages.warning(request, _("Phiên làm việc đã hết. Chữ vừa viết được giữ lại: hãy đăng nhập để viết tiếp."))
        return keep_typed(request, redirect_to_login(reverse("compose:mine")))

    return guarded
