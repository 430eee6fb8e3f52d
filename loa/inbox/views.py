"""Doors of the inbox: what happened, opened one by one or all at once, and what comes by mail."""

from datetime import UTC

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from loa.accounts.views import person_of
from loa.inbox import queries, rules
from loa.inbox.actions.choose import choose
from loa.inbox.actions.leave import leave as leave_kind
from loa.inbox.actions.read import read, read_all
from loa.inbox.models import Item
from loa.lib import dates
from loa.portals.middleware import portal_of

A_PAGE = 40


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What happened, the latest first; nothing is read by looking at the list."""
    rows = queries.of_person(person_of(request), portal_of(request))
    zone = portal_of(request).time_zone
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [_shown(item, zone) for item in page], "unread": rows.filter(read_at=None).count(),
        "until": max((item.pk for item in page), default=0),
    }  # fmt: skip
    return render(request, "inbox/inbox.html", context)


@login_required
@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """It is read, and the browser goes to where it is dealt with."""
    item = queries.of_person(person_of(request), portal_of(request)).filter(pk=pk).first()
    if item is None:
        raise Http404
    read(item)
    prefix = "" if item.path.startswith("/r/") else getattr(request, "prefix", "")
    return HttpResponseRedirect(f"{prefix}{item.path}") if item.path else redirect("inbox:inbox")


@login_required
@require_POST
def open_all(request: HttpRequest) -> HttpResponse:
    """Everything the page showed, and what came before it, is read."""
    typed = request.POST.get("until", "")
    until = int(typed) if typed.isdecimal() and len(typed) < 16 else 0
    read_all(person_of(request), portal_of(request), until=until)
    return redirect("inbox:inbox")


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """What comes by mail at once, kind by kind."""
    person = person_of(request)
    if request.method == "POST":
        choose(person, by_mail=request.POST.getlist("mail"))
        messages.success(request, _("Đã lưu."))
        return redirect("inbox:choices")
    here = queries.only_here(person)
    rows = [{"kind": kind, "name": kind.label, "by_mail": kind not in here} for kind in rules.CHOSEN]
    context = {
        "kinds": rows, "always": [kind.label for kind in rules.ALWAYS], "never": [kind.label for kind in rules.NEVER]
    }  # fmt: skip
    return render(request, "inbox/choices.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button to leave one kind of mail; mail programs post here themselves (RFC 8058)."""
    way = queries.way_out(token)
    if way is None:
        raise Http404
    if request.method == "POST":
        leave_kind(way)
    has_left = way.kind in queries.only_here(way.person)
    context = {"kind": rules.Kind(way.kind).label, "has_left": has_left}
    response = render(request, "inbox/leave.html", context)
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
    response["Referrer-Policy"] = "strict-origin"  # the address opens more than a page
    return response


def _shown(item: Item, zone: str) -> dict[str, object]:
    return {
        "item": item, "sentence": rules.sentence(item.event, item.names),
        "moment": f"{item.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "when": dates.moment_in_words(item.at, zone, get_language() or "vi"),
    }  # fmt: skip
