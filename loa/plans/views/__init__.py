"""Doors of plans: an organization's own page, asking for an offer, and the operator's pages."""

from django.http import Http404, HttpRequest

from loa.accounts.views import person_of
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of


def organization_or_404(request: HttpRequest, slug: str) -> Organization:
    """An organization of the person's; anyone else's is not there."""
    found = organizations.get_for_member(person_of(request), slug, portal_id=portal_of(request).pk)
    if found is None:
        raise Http404
    return found
