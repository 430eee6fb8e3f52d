"""Files for programs that come by: what the portal is and how to read and cite it, and whom to tell of a weakness."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loa.lib import clock, markdown
from loa.pages import rules
from loa.portals import queries as portals
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.topics import queries as topics
from loa.ui.language import language_of

SECURITY_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """The portal in a page of Markdown (llmstxt.org), in the language of the address."""
    portal, language = portal_of(request), language_of(request)
    context: dict[str, Any] = {
        "name": markdown.escape(portal.name),
        "tagline": markdown.escape(portal.tagline.get(language) or portal.tagline.get(portal.language, "")),
        "is_demonstration": portal.is_demonstration,
        "at": portal.link("", language),
        "origin": portal.address,
        "sections": [(markdown.escape(one.name(language)), one.slug) for one in topics.sections(portal)],
        "pages": _pages(portal, language),
    }
    answer = render(request, "pages/llms.txt", context, content_type="text/plain; charset=utf-8")
    return rules.public(request, answer, {"frame"})


def _pages(portal: Portal, language: str) -> list[tuple[str, str]]:
    """The operator's pages in this language, else in the portal's own, with their addresses."""
    titles: dict[str, str] = {}
    for page in portals.pages(portal):
        if page.language == language or (page.language == portal.language and page.slug not in titles):
            titles[page.slug] = portals.said(page.title, portal, page.language)
    return [(markdown.escape(title), portal.link(f"/{slug}", language)) for slug, title in titles.items()]


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); it is always valid for some months more."""
    portal = portal_of(request)
    # The first day of a month, so that the file stays the same for a while.
    expires = (clock.now() + SECURITY_FOR).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.LOA_SECURITY_CONTACT or portal.link('/contact')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict.fromkeys((portal.language, 'en')))}",
        f"Canonical: {portal.address}/.well-known/security.txt",
    ]
    answer = HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")
    return rules.public(request, answer, {"frame"})
