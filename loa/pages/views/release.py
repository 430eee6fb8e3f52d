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
    language = language_of(request)
    entry = queries.one(portal_of(request), public_id, language)
    version = archive.text_of(entry) if entry is not None else None
    if entry is None or version is None:
        raise Http404
    tags = archive.tags(entry)
    if entry.state == State.WITHDRAWN:
        answer = render(request, "pages/withdrawn.html", {"entry": entry, "zone": entry.portal.time_zone}, status=410)
        return rules.public(request, answer, tags)
    home_path = archive.address(entry, version)
    if language not in {version.language, entry.portal.language}:
        return HttpResponseRedirect(home_path)
    if request.path != home_path:
        return HttpResponsePermanentRedirect(home_path)
    versions = archive.past(entry)
    texts = archive.now_by_language(entry, versions)
    paths = {code: archive.address(entry, text) for code, text in texts.items()}
    corrections = archive.corrections(versions, version)
    sheet = of_entry(entry, language, version=version, corrections=corrections, texts=paths)
    context = {
        "sheet": sheet,
        "entry": entry,
        "views": entry.views_before + entry.counted,  # type: ignore[attr-defined]  # likewise
        "related": queries.related(entry, language),
        "about": portals.about(entry.portal, language),
        "address": entry.portal.address + home_path,
        "original": entry.portal.address + next(iter(paths.values())),
        "origin": entry.portal.address,
        "share": _share(entry.portal.address + home_path, sheet.headline),
        "json_ld": json_ld(sheet, entry),
        "other_page": _other_page(entry.portal, language, paths),
    }
    return page(request, "pages/release.html", context, tags)


def _other_page(portal: Portal, language: str, paths: dict[str, str]) -> str:
    """This text in the interface's other language, else that language's front page."""
    other = "vi" if language == "en" else "en"
    return paths.get(other) or ("/" if other == portal.language else f"/{other}/")


def _share(address: str, headline: str) -> list[tuple[str, str]]:
    there, words = quote(address, safe=""), quote(headline)
    return [
        ("Zalo", f"https://sp.zalo.me/share_inline?url={there}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={there}"),
        ("X", f"https://x.com/intent/post?url={there}&text={words}"),
        (_("Thư"), f"mailto:?subject={words}&body={there}"),
    ]
