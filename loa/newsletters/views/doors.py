"""What every door of the desk begins with."""

from typing import cast

from django.http import Http404, HttpRequest

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.audit.actions.record import Actor
from loa.newsletters import queries
from loa.newsletters.models import Issue
from loa.portals.models import Portal


def portal_of(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def language_of(request: HttpRequest) -> str:
    return str(request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath


def person_of(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def actor_of(request: HttpRequest) -> Actor:
    return accounts.actor(person_of(request))


def issue_of(request: HttpRequest, public_id: str) -> Issue:
    found = queries.get_for_editor(portal_of(request).pk, public_id)
    if found is None:
        raise Http404
    return found
