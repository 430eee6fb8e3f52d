"""What every door of the queue is made with."""

from django.http import Http404, HttpRequest

from loa.moderation import queries
from loa.portals.middleware import portal_of
from loa.releases.models import Release


def waiting_or_404(request: HttpRequest, public_id: str) -> Release:
    """A release that waits for a moderator, or for its time."""
    release = queries.get_waiting(portal_of(request).pk, public_id)
    if release is None:
        raise Http404
    return release
