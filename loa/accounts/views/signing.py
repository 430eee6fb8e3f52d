"""Doors of signing in that are not allauth's."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loa.accounts import queries
from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up_first


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything of one's own account."""
    person = person_of(request)
    context = {"has_factors": queries.ways(person) != {"password"}, "places": len(queries.sign_ins(person))}
    return render(request, "accounts/home.html", context)


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where keepers of passwords lead their owner (W3C, “A Well-Known URL for Changing Passwords”)."""
    return redirect("account_change_password")


@login_required
@steps_up_first
def once_more(request: HttpRequest) -> HttpResponse:
    """Asks who it is, and leads on to `next`."""
    return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
