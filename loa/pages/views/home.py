"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.pages.queries import front_page
from loa.pages.views import structured
from loa.pages.views.answers import page
from loa.portals.middleware import portal_of
from loa.ui.language import language_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    front = front_page.front(portal_of(request), language_of(request))
    front["feed"] = "/feed"
    front["json_ld"] = structured.home(portal_of(request), language_of(request))
    return page(request, "pages/home.html", front, ["front"])
