"""Organizations from A to Z, and their newsrooms."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.pages import queries
from loa.pages.views import structured
from loa.pages.views.answers import language_of, page, portal_of
from loa.pages.views.lists import listed


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """Organizations from A to Z."""
    found = queries.organizations(portal_of(request), request.GET.get("letter", ""))
    context = {"directory": found, "title": _("Tổ chức")}
    if found.chosen:
        query = urlencode({"letter": found.chosen})
        context["canonical"] = f"{portal_of(request).address}{request.path}?{query}"
    return page(request, "pages/organizations.html", context, ["front"])


@require_safe
def newsroom(request: HttpRequest, slug: str) -> HttpResponse:
    """An organization's public page."""
    found = queries.organization(portal_of(request), slug)
    if found is None:
        raise Http404
    rows = archive.public(portal_of(request).pk).filter(organization=found)
    profile = (found.profile_en if language_of(request) == "en" else "") or found.profile
    portal = portal_of(request)
    more = {"template": "pages/newsroom.html", "organization": found, "profile": profile, "feed": f"/o/{slug}/feed"}
    more["json_ld"] = structured.newsroom(found, portal, profile=profile)
    more["card"] = portal.link(f"/og/o/{slug}.png", language_of(request))
    more["level"] = 3  # of the headlines: their list has a heading of its own here
    return listed(request, rows, found.name, [f"org:{found.pk}"], **more)
