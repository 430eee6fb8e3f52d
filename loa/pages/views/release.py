"""A release at its permanent address."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import State
from loa.archive.sheet import of_entry
from loa.pages import queries, rules
from loa.pages.views.answers import language_of, page, portal_of
from loa.pages.views.structured import json_ld
from loa.portals import queries as portals
from loa.portals.models import Portal


@require_safe
def release(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """A release at its permanent address; a wrong slug answers 301, a withdrawn one 410."""
    entry = archive.by_public_id(portal_of(request).pk, public_id)
    if entry is None or entry.current is None:
        raise Http404
    tags = archive.tags(entry)
    if entry.state == State.WITHDRAWN:
        answer = render(request, "pages/withdrawn.html", {"entry": entry, "zone": entry.portal.time_zone}, status=410)
        return rules.public(request, answer, tags)
    home_path = archive.address(entry)
    if language_of(request) != entry.current.language and language_of(request) != entry.portal.language:
        return HttpResponseRedirect(home_path)
    if request.path != home_path:
        return HttpResponsePermanentRedirect(home_path)
    corrections = [v for v in archive.versions(entry) if v.number > 1] if entry.current.number > 1 else []
    sheet = of_entry(entry, language_of(request), corrections)
    context = {
        "sheet": sheet,
        "entry": entry,
        "views": queries.views_of(entry),
        "related": queries.related(entry),
        "about": portals.about(entry.portal, language_of(request)),
        "address": entry.portal.address + home_path,
        "origin": entry.portal.address,
        "share": _share(entry.portal.address + home_path, sheet.headline),
        "json_ld": json_ld(sheet, entry),
        "other_page": _other_front(entry.portal, language_of(request)),
    }
    return page(request, "pages/release.html", context, tags)


def _other_front(portal: Portal, language: str) -> str:
    """The front page in the other language: a text in one language has no page in the other."""
    other = "vi" if language == "en" else "en"
    return "/" if other == portal.language else f"/{other}/"


def _share(address: str, headline: str) -> list[tuple[str, str]]:
    there, words = quote(address, safe=""), quote(headline)
    return [
        ("Zalo", f"https://sp.zalo.me/share_inline?url={there}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={there}"),
        ("X", f"https://x.com/intent/post?url={there}&text={words}"),
        (_("Thư"), f"mailto:?subject={words}&body={there}"),
    ]
