"""A release at its permanent address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from loa.archive import queries as archive
from loa.archive.sheet import of_entry
from loa.edge.kept import kept
from loa.lib import languages
from loa.pages.queries import releases
from loa.pages.views import as_markdown
from loa.pages.views.answers import page
from loa.pages.views.found import find
from loa.pages.views.structured import json_ld
from loa.pages.views.tools import tools_of
from loa.portals import queries as portals
from loa.portals.middleware import TAGS, portal_of
from loa.portals.models import Portal
from loa.ui.language import language_of, others


@require_safe
@vary_on_headers("Accept")
def release(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """A release at its permanent address; a wrong slug answers 301, a withdrawn one 410."""
    found = find(request, public_id, lambda page: page)
    if isinstance(found, HttpResponse):
        return found
    if as_markdown.is_asked_for(request):
        return as_markdown.answer(request, found)
    entry, version, language, portal = found.entry, found.version, language_of(request), portal_of(request)
    versions = archive.past(entry)
    texts = archive.now_by_language(entry, versions)
    paths = {code: archive.address(entry, text) for code, text in texts.items()}
    corrections = archive.corrections(versions, version)
    sheet = of_entry(entry, language, version=version, corrections=corrections, texts=paths)
    context = {
        "sheet": sheet,
        "entry": entry,
        "views": entry.views_before + entry.counted,  # type: ignore[attr-defined]  # likewise
        "related": releases.related(entry, language),
        "about": kept.get(("about", portal.pk, language), lambda: portals.about(portal, language), tags=TAGS),
        "address": found.address,
        "original": entry.portal.address + next(iter(paths.values())),
        "origin": entry.portal.address,
        "tools": tools_of(sheet, found.address),
        "digest": version.digest,
        "json_ld": json_ld(sheet, entry),
        "other_pages": _other_pages(entry.portal, language, paths),
    }
    answer = page(request, "pages/release.html", context, archive.tags(entry))
    answer["Content-Language"] = version.language
    return answer


def _other_pages(portal: Portal, language: str, paths: dict[str, str]) -> list[dict[str, str]]:
    """This text in the interface's other languages, else their front pages."""
    return [
        {"code": code, "name": languages.own_name(code), "path": paths.get(code) or f"{prefix}/"}
        for code, prefix in others(portal.language, language, portal.spoken)
    ]
