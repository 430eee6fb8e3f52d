"""Organizations from A to Z, and their newsrooms."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.organizations import queries as senders
from loa.pages import queries
from loa.pages.views import structured
from loa.pages.views.answers import language_of, page, portal_of
from loa.pages.views.lists import listed

SAID = 40  # quotes on a person's page
SAID_LATELY = 4  # on a newsroom's


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
    rows = archive.news(portal_of(request).pk).filter(archive.by_sender(found.pk))
    profile = (found.profile_en if language_of(request) != "vi" else "") or found.profile
    portal = portal_of(request)
    said = queries.said(archive.quotations(found.pk), language_of(request), most=SAID_LATELY)
    more = {
        "template": "pages/newsroom.html", "organization": found, "profile": profile, "feed": f"/o/{slug}/feed",
        "quotations": said, "people": [one for one in found.people.all() if one.consent_at and not one.left_at],
        "json_ld": structured.newsroom(found, portal, profile=profile),
        "level": 3,  # of the headlines: their list has a heading of its own here
        "card": portal.link(f"/og/o/{slug}.png", language_of(request)),
    }  # fmt: skip
    more["life"] = archive.public(portal.pk).filter(organization=found, kind=archive.LIFE)
    return listed(request, rows, found.name, [f"org:{found.pk}"], **more)


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
        "quotations": (said := queries.said(rows, language_of(request), most=SAID)),
        "json_ld": structured.person(found, portal_of(request), language_of(request), said),
        "card": portal_of(request).link(f"/og/o/{slug}.png", language_of(request)),
    }
    return page(request, "pages/person.html", context, [f"org:{found.organization_id}"])
