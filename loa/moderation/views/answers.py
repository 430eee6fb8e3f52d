"""What every door of the queue is made with."""

from typing import cast

from django.http import Http404, HttpRequest

from loa.accounts.models import Person
from loa.moderation import queries
from loa.portals.models import Portal
from loa.releases.models import Release


def portal_of(request: HttpRequest) -> Portal:
    """The portal of the host."""
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def person_of(request: HttpRequest) -> Person:
    """Who is signed in."""
    return cast("Person", request.user)


def language_of(request: HttpRequest) -> str:
    """The language of the address."""
    return cast("str", request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath


def waiting_or_404(request: HttpRequest, public_id: str) -> Release:
    """A release that waits for a moderator, or for its time."""
    release = queries.get_waiting(portal_of(request).pk, public_id)
    if release is None:
        raise Http404
    return release
