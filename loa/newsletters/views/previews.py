"""An issue before it leaves, as mail and as page, light and dark, narrow and wide; in frames that run nothing.

A frame cannot be told which colours its reader's machine prefers, so the rule that asks is answered here, in the
stylesheet itself.
"""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.accounts.views import actor_of, for_staff, person_of
from loa.newsletters import emails, queries
from loa.newsletters.actions.try_out import try_out
from loa.newsletters.models import Issue
from loa.newsletters.views.doors import issue_of
from loa.newsletters.views.reading import page_of
from loa.portals.middleware import portal_of
from loa.ui import styles

SCHEMES = ("light", "dark")
_ASKS = re.compile(r"@media (?:screen and )?\(prefers-color-scheme: dark\)")
_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)  # no frame would run them, and browsers complain of it
# Words, pictures and links; the styles of a mail stand in its elements. Only our own pages may frame it.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' {origin}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@for_staff
@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The frames side by side, or the mail's plain text."""
    issue = issue_of(request, public_id)
    wanted = request.GET.get("as", "mail")
    form = wanted if wanted in ("mail", "text") or (wanted == "page" and not issue.is_for_press) else "mail"
    drawn = emails.drawn_for(queries.sheet_of(issue))
    request.players = {"'self'"}  # type: ignore[attr-defined]  # lets the page's policy show frames of our own
    context = {"issue": issue, "form": form, "drawn": drawn, "kilobytes": -(-drawn.weight // 1000), "schemes": SCHEMES}
    return render(request, "newsletters/preview.html", context)


@for_staff
@require_safe
def mail(request: HttpRequest, public_id: str, scheme: str) -> HttpResponse:
    """The mail as its reader's program would show it."""
    issue = _issue(request, public_id, scheme)
    own = issue.portal.link("/newsletter", issue.language)
    drawn = emails.drawn_for(queries.sheet_of(issue)).spliced(leave=own, preferences=own)
    return _framed(drawn.html, scheme, _MAIL_POLICY.format(origin=issue.portal.address))


@for_staff
@require_safe
def page(request: HttpRequest, public_id: str, scheme: str) -> HttpResponse:
    """The page of the archive as it will stand there."""
    issue = _issue(request, public_id, scheme)
    if issue.is_for_press:  # it will stand in no archive
        raise Http404
    content = _SCRIPTS.sub("", page_of(request, issue).content.decode())
    colours = f'<link rel="stylesheet" href="/operator/newsletters/colours/{scheme}.css">'
    return _framed(content.replace("</head>", f"{colours}</head>", 1), scheme, _PAGE_POLICY)


@for_staff
@require_safe
def colours(request: HttpRequest, scheme: str) -> HttpResponse:
    """The house's colours with the question which to take already answered."""
    sheet = styles.sheet(styles.COLOURS)
    if scheme not in SCHEMES or sheet is None:
        raise Http404
    portal = portal_of(request)
    css = sheet.painted(portal.accent, portal.accent_dark)
    return HttpResponse(_answered(css, scheme), "text/css; charset=utf-8")


@for_staff
@require_POST
def trial(request: HttpRequest, public_id: str) -> HttpResponse:
    """The issue as it is saved, to the editor's own address."""
    issue, to = issue_of(request, public_id), person_of(request).email
    try_out(actor_of(request), issue, to=to)
    messages.success(request, _("Đã gửi thư thử tới %(address)s.") % {"address": to})
    return redirect("newsletters:preview", public_id)


def _issue(request: HttpRequest, public_id: str, scheme: str) -> Issue:
    if scheme not in SCHEMES:
        raise Http404
    return issue_of(request, public_id)


def _answered(css: str, scheme: str) -> str:
    css = _ASKS.sub("@media all" if scheme == "dark" else "@media not all", css)
    return css.replace("color-scheme: light dark", f"color-scheme: {scheme}")


def _framed(content: str, scheme: str, policy: str) -> HttpResponse:
    content = content.replace('content="light dark"', f'content="{scheme}"')
    answer = HttpResponse(_answered(content, scheme))
    answer["Content-Security-Policy"] = policy
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "private, no-store"
    return answer
