"""Doors of signing in that are not allauth's."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from loa.accounts.views.step_up import steps_up_first


@login_required
@steps_up_first
def once_more(request: HttpRequest) -> HttpResponse:
    """Asks who it is, and leads on to `next`."""
    return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
