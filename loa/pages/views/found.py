"""A public entry by its id, for every address under a release: the same 404, 410 and redirects on all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render

from loa.archive import queries as archive
from loa.archive.models import Entry, State, Version
from loa.archive.sheet import Sheet, of_entry
from loa.lib.tokens import as_meant
from loa.pages import rules
from loa.pages.queries import releases
from loa.portals.middleware import portal_of
from loa.ui.language import language_of


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry, the text that the address asks for, and the full address of its page."""

    entry: Entry
    version: Version
    address: str
    language: str  # of the interface

    @property
    def sheet(self) -> Sheet:
        """All the text shows, without its history."""
        return of_entry(self.entry, self.language, version=self.version)


def find(request: HttpRequest, public_id: str, path_of: Callable[[str], str]) -> Found | HttpResponse:
    """The text, or the answer that stands in for it; `path_of` makes this address from the one of the page.

    Raises Http404. A withdrawn entry answers 410, another slug or an id in capitals 301, a language there is no text in
    302; a question behind the address stays.
    """
    language = language_of(request)
    asked = str(getattr(request, "text_language", language))
    entry = releases.one(portal_of(request), public_id, asked)
    version = archive.text_of(entry) if entry is not None else None
    if entry is None or version is None:
        meant = as_meant(public_id)
        return find(request, meant, path_of) if meant != public_id else _at_its_own(request, public_id)
    if entry.state == State.WITHDRAWN:
        return withdrawn(request, entry)
    page = archive.address(entry, version)
    path = path_of(page)
    if asked != version.language:  # not for good: the translation may come
        return HttpResponseRedirect(path + _question(request))
    if request.path != path:
        return HttpResponsePermanentRedirect(path + _question(request))
    return Found(entry=entry, version=version, address=entry.portal.address + page, language=language)


def _question(request: HttpRequest) -> str:
    asked = request.META.get("QUERY_STRING", "")
    return f"?{asked}" if asked else ""


def _at_its_own(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a sister publishes and this portal lists has its page there (302: it may be taken out). Raises Http404."""
    entry = archive.listed(portal_of(request).pk).filter(public_id=public_id).first()
    if entry is None:
        raise Http404
    return HttpResponseRedirect(entry.portal.address + archive.address(entry))


def beside(name: str) -> Callable[[str], str]:
    """The address of a file beside the page: "/r/<id>/<slug>" becomes "/r/<id>/<name>"."""
    return lambda page: f"{page.rsplit('/', 1)[0]}/{name}"


def withdrawn(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The tombstone."""
    answer = render(request, "pages/withdrawn.html", {"entry": entry, "zone": entry.portal.time_zone}, status=410)
    return rules.public(request, answer, archive.tags(entry))
