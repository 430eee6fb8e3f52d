"""Pages the operator edits, and the small files beside them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.pages import rules
from loa.pages.views.answers import page
from loa.portals import queries as portals
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

STATIC_PAGES = ("about", "contact", "terms", "privacy")  # "pricing" has plans below it: a view of its own


@require_safe
def static_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page the operator edits; /about carries the about block too."""
    portal = portal_of(request)
    found = portals.page(portal, slug, language_of(request))
    about = portals.about(portal, language_of(request)) if slug == "about" else None
    if found is None and about is None:
        raise Http404
    return page(request, "pages/static.html", {"page": found, "about": about}, [f"page:{slug}"])


@require_safe
def verified(request: HttpRequest) -> HttpResponse:
    """What the mark beside a sender's name means, and what it does not."""
    return page(request, "pages/verified.html", {"title": _("Dấu xác minh nghĩa là gì")}, ["page:verified"])


@require_safe
def counting(request: HttpRequest) -> HttpResponse:
    """How views and what else is counted, in words anybody can hold the portal to."""
    return page(request, "pages/counting.html", {"title": _("Cổng đếm thế nào")}, ["page:counting"])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    closed = ("desk/", "operator/", "moderation/", "accounts/", "compose/", "search")
    lines = ["User-agent: *", *[f"Disallow: /{path}" for path in closed], ""]
    lines += [f"Sitemap: {portal_of(request).address}/{name}.xml" for name in ("sitemap", "news-sitemap")]
    return rules.public(request, HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8"), ["robots"])
