"""Doors of what sisters' organizations want in this portal's lists: take it in, refuse it, take it out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import for_staff, person_of
from loa.archive import queries as archive
from loa.portals.middleware import portal_of
from loa.releases.actions.decide_listing import decide_listing

MOST = 200
ANSWERS = ("listed", "refused", "removed")


@for_staff
def listings(request: HttpRequest) -> HttpResponse:
    """What is asked for first, then what stands in the lists."""
    rows, portal = archive.cross_listings(portal_of(request).pk), portal_of(request)
    archive.told_apart([row.entry for row in rows], portal)
    context = {
        "asked": [(row, archive.link(row.entry)) for row in rows if row.state == "asked"][:MOST],
        "listed": [(row, archive.link(row.entry)) for row in rows if row.state == "listed"][:MOST],
        "zone": portal.time_zone,
    }
    return render(request, "moderation/listings.html", context)


@for_staff
@require_POST
def decide_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them."""
    found = archive.cross_listings(portal_of(request).pk).filter(pk=pk).first()
    answer = request.POST.get("answer", "")
    if found is None or answer not in ANSWERS:
        raise Http404
    decide_listing(person_of(request), found, answer=answer)
    messages.success(request, _("Đã lưu."))
    return redirect("moderation:listings")
