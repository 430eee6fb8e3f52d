"""The door through which an organization's people reach texts that were brought in for it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from loa.accounts.queries import actor
from loa.accounts.views import person_of
from loa.archive import queries as archive
from loa.imports import queries
from loa.lib import vietnamese
from loa.organizations import queries as organizations
from loa.portals.middleware import portal_of
from loa.releases.actions.bring_in import open_for_correction

A_PAGE = 50


@login_required
@cache_control(private=True, no_store=True)
def brought_in(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; POST opens one on the desk, where it is corrected and withdrawn like any other."""
    portal, person = portal_of(request), person_of(request)
    organization = organizations.get_for_member(person, slug, portal_id=portal.pk)
    if organization is None:
        raise Http404
    if request.method == "POST":
        entry = queries.untouched(organization).filter(public_id=request.POST.get("entry", "")).first()
        if entry is None:
            raise Http404
        return redirect("compose:edit", open_for_correction(actor(person), entry).public_id)
    words = vietnamese.kept(request.GET.get("q", "").strip())[:100]
    page = Paginator(queries.untouched(organization, words), A_PAGE).get_page(request.GET.get("page"))
    lines = [(archive.address(entry), entry) for entry in page]
    context = {"organization": organization, "page": page, "lines": lines, "words": words, "zone": portal.time_zone}
    return render(request, "imports/brought_in.html", context)
