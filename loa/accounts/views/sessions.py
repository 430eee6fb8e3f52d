"""Doors of where a person is signed in, and of “it was not me”."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from loa.accounts import emails, queries
from loa.accounts.actions.disown import disown
from loa.accounts.actions.end_sign_ins import end_sign_in, end_sign_ins
from loa.accounts.middleware import sign_in_of
from loa.accounts.models import SignIn
from loa.accounts.rules import device_in_words
from loa.accounts.views import by_mail, person_of
from loa.lib.dates import moment_in_words

LINK_LIVES = 30 * 86_400  # seconds


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Every place, this one marked, with a button each; signing out asks for nothing more."""
    person, this = person_of(request), sign_in_of(request)
    if request.method != "POST":
        rows = [_row(request, row, this) for row in queries.sign_ins(person)]
        return render(request, "accounts/sign_ins.html", {"rows": rows})
    if request.POST.get("end") == "others":
        end_sign_ins(person, but=this)
        update_session_auth_hash(request, person)
        messages.success(request, _("Đã đăng xuất mọi nơi khác."))
    else:
        end_sign_in(person, request.POST.get("end", ""))
        messages.success(request, _("Đã đăng xuất nơi đó."))
    return redirect("accounts_sign_ins")


def _row(request: HttpRequest, row: SignIn, this: str) -> dict[str, Any]:
    zone, language = request.portal.time_zone, get_language() or "vi"  # type: ignore[attr-defined]  # set by PortalByHost
    return {
        "public_id": row.public_id, "device": device_in_words(row.agent), "is_this": row.public_id == this,
        "seen": moment_in_words(row.seen_at, zone, language), "since": moment_in_words(row.at, zone, language),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, in the mail about a new browser."""
    page, salt = "accounts/not_me.html", emails.DISOWN
    return by_mail.answer(request, token, template=page, salt=salt, seconds=LINK_LIVES, act=disown)
