"""People who come by a link of their own: what they may see beside the page, and how that page is sent."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.compose.rules import GUEST, GUEST_SALT, GUEST_SECONDS


def sent_privately(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search, and its address is told to no other site.

    "no-referrer" would take the Origin of the form too.
    """
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def shown_to_guest(answer: HttpResponse, token_digest: str) -> HttpResponse:
    """Sent privately, with what lets this browser have the files of that one release, as long as the link is good."""
    answer.set_cookie(
        GUEST, signing.dumps(token_digest, salt=GUEST_SALT), max_age=GUEST_SECONDS, path="/media/", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return sent_privately(answer)


def gone(request: HttpRequest) -> HttpResponse:
    """One page for a link that never was, has expired, was taken back, or leads to what is not there any more."""
    context: dict[str, Any] = {}
    return sent_privately(render(request, "compose/link_gone.html", context, status=410))
