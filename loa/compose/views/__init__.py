"""Doors of the writing desk: the first page is open to anyone, the rest asks who one is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.compose import queries
from loa.compose.actions.keep import DAYS, keep
from loa.compose.forms import KeepForm
from loa.limits.actions.take import take
from loa.limits.rules import address_of

COOKIE = "__Host-draft" if settings.SESSION_COOKIE_SECURE else "draft"


def start(request: HttpRequest) -> HttpResponse:
    """Write first, sign up after: what is typed is kept under a cookie of its own."""
    if request.user.is_authenticated:
        return redirect("compose:mine")
    token = request.COOKIES.get(COOKIE, "")
    form = KeepForm(request.POST or None, initial=queries.kept(token))
    if not form.is_valid():
        return render(request, "compose/start.html", {"form": form}, status=400 if form.is_bound else 200)
    asker = address_of(request.META, settings.LOA_PROXIES)
    if not take(f"compose.keep:{asker}", limit=30, seconds=3600):
        form.add_error(None, _("Quá nhiều lần lưu trong một giờ. Hãy đăng nhập rồi lưu tiếp; chữ của bạn vẫn ở đây."))
        return render(request, "compose/start.html", {"form": form}, status=429)
    token = keep(form.cleaned_data, token=token if queries.kept(token) else "")
    response = redirect("account_signup")
    response.set_cookie(
        COOKIE,
        token,
        max_age=DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response
