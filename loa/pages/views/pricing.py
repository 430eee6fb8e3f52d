"""The price page: what the operator says first, and below it the plans as they are offered now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.pages.views.answers import page
from loa.plans import queries as plans
from loa.portals import queries as portals
from loa.portals.middleware import portal_of
from loa.ui.language import language_of


@require_safe
def pricing(request: HttpRequest) -> HttpResponse:
    """The same for everyone; a portal without plans shows its operator's words alone."""
    portal, language = portal_of(request), language_of(request)
    said = portals.page(portal, "pricing", language)
    prices = plans.price_list(portal.pk, language)
    if said is None and not prices:
        raise Http404
    return page(request, "pages/pricing.html", {"page": said, "prices": prices}, ["page:pricing"])
