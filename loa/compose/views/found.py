"""A release as its writers' doors find it."""

from django.http import Http404, HttpRequest

from loa.accounts.views import person_of
from loa.portals.middleware import portal_of
from loa.releases import queries
from loa.releases.models import Release


def release_or_404(request: HttpRequest, public_id: str) -> Release:
    """A release this person may edit; anyone else's is not there."""
    release = queries.get_for_editor(person_of(request), public_id)
    if release is None or release.organization.portal_id != portal_of(request).pk:
        raise Http404
    return release
