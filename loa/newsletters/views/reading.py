"""The archive of issues as readers find it: what was corrected since reads as it is now, what was withdrawn is gone."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from loa.lib.tokens import digest
from loa.newsletters import queries
from loa.newsletters.models import Issue
from loa.portals.middleware import portal_of
from loa.ui.language import language_of, speaking

A_PAGE = 30
FRESH_SECONDS = 60


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The issues in the language of the address, the newest first."""
    portal, language = portal_of(request), language_of(request)
    pages = Paginator(queries.out(portal.pk, language), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    path = f"{request.path}?page="
    context = {
        "issues": shown.object_list,
        "zone": portal.time_zone,
        "canonical": portal.link("/newsletter/issues", language),
        "newer": f"{path}{shown.previous_page_number()}" if shown.has_previous() else "",
        "older": f"{path}{shown.next_page_number()}" if shown.has_next() else "",
    }
    return _public(request, render(request, "newsletters/archive.html", context), {"newsletter", "frame"})


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One issue in the language of the address."""
    portal, language = portal_of(request), language_of(request)
    found = queries.out(portal.pk, language).filter(number=number).first()
    if found is None:
        raise Http404
    named = [f"entry:{entry.public_id}" for _item, entry in queries.placed(found)]
    return _public(request, page_of(request, found), {"newsletter", "frame", *named})


def page_of(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The page of an issue, in the issue's language whatever its editor's is."""
    sheet = queries.sheet_of(issue)
    number = sheet.number or 0
    around = queries.out(issue.portal_id, issue.language).filter(number__in=[number - 1, number + 1])
    found = set(around.values_list("number", flat=True))
    context = {
        "sheet": sheet,
        "zone": issue.portal.time_zone,
        "canonical": sheet.web,
        "before": number - 1 if number - 1 in found else None,
        "after": number + 1 if number + 1 in found else None,
    }
    with speaking(issue.language):
        return render(request, "newsletters/one.html", context)


def _public(request: HttpRequest, response: HttpResponse, tags: Iterable[str]) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Cache-Tag"] = ",".join(sorted(tags))
    response["ETag"] = etag = quote_etag(digest(response.content)[:32])
    return get_conditional_response(request, etag=etag, response=response) or response
