"""Doors of plans: an organization's own page, asking for an offer, and the operator's pages."""

from typing import cast

from django.http import Http404, HttpRequest

from loa.accounts.models import Person
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.models import Portal


def portal_of(request: HttpRequest) -> Portal:
    """The portal of the request."""
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; the guard of the door saw to it that someone is."""
    return cast("Person", request.user)


def organization_or_404(request: HttpRequest, slug: str) -> Organization:
    """An organization of the person's; anyone else's is not there."""
    found = organizations.get_for_member(person_of(request), slug, portal_id=portal_of(request).pk)
    if found is None:
        raise Http404
    return found
