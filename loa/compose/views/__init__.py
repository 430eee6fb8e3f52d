"""Doors of the writing desk: the first page is open to anyone, the rest asks who one is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.compose import queries
from loa.compose.forms.release import KeepForm
from loa.compose.views.kept import keep_typed, may_keep, token_of


def start(request: HttpRequest) -> HttpResponse:
    """Write first, sign up after: what is typed is kept under a cookie of its own."""
    is_known = request.user.is_authenticated
    if is_known and request.method != "POST":
        return redirect("compose:mine")
    token = token_of(request)
    form = KeepForm(request.POST or None, initial=queries.kept(token))
    if not form.is_valid():
        return render(request, "compose/start.html", {"form": form}, status=400 if form.is_bound else 200)
    if not may_keep(request):
        form.add_error(None, _("Quá nhiều lần lưu trong một giờ. Hãy đăng nhập rồi lưu tiếp; chữ của bạn vẫn ở đây."))
        return render(request, "compose/start.html", {"form": form}, status=429)
    return keep_typed(request, redirect("compose:mine" if is_known else "account_signup"), token=token)
