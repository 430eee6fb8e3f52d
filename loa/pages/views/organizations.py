"""Organizations from A to Z, and the people who speak for them."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.organizations import queries as senders
from loa.pages.queries import directory, newsrooms
from loa.pages.views import structured
from loa.pages.views.answers import page
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

SAID = 40  # quotes on a person's page


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """Organizations from A to Z."""
    asked = {name: request.GET.get(name, "") for name in ("letter", "after", "before")}
    found = directory.organizations(portal_of(request), language_of(request), **asked)
    context: dict[str, Any] = {"directory": found, "title": _("Tổ chức")}
    if found.chosen:
        chosen, at = {"letter": found.chosen}, {"after": asked["after"]} if found.before and asked["after"] else {}
        at = {"before": asked["before"]} if found.before and asked["before"] else at
        context["canonical"] = f"{portal_of(request).address}{request.path}?{urlencode({**chosen, **at})}"
        context["newer"] = "?" + urlencode({**chosen, "before": found.before}) if found.before else ""
        context["older"] = "?" + urlencode({**chosen, "after": found.after}) if found.after else ""
    return page(request, "pages/organizations.html", context, ["front"])


@require_safe
def person(request: HttpRequest, slug: str, person_slug: str) -> HttpResponse:
    """Somebody who speaks or spoke for an organization, and what they said on the record."""
    found = senders.shown_person(portal_of(request).pk, slug, person_slug)
    if found is None:
        raise Http404
    is_english = language_of(request) != "vi"
    rows = archive.quotations(found.organization_id).filter(person=found)
    context = {
        "person": found,
        "role": (found.role_en if is_english else "") or found.role,
        "bio": (found.bio_en if is_english else "") or found.bio,
        "quotations": (said := newsrooms.said(rows, language_of(request), most=SAID)),
        "json_ld": structured.person(found, portal_of(request), language_of(request), said),
        "card": portal_of(request).link(f"/og/o/{slug}.png", language_of(request)),
    }
    return page(request, "pages/person.html", context, [f"org:{found.organization_id}"])
