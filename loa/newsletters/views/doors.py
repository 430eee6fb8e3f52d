"""What every door of the desk begins with."""

from django.http import Http404, HttpRequest

from loa.newsletters import queries
from loa.newsletters.models import Issue
from loa.portals.middleware import portal_of


def issue_of(request: HttpRequest, public_id: str) -> Issue:
    found = queries.get_for_editor(portal_of(request).pk, public_id)
    if found is None:
        raise Http404
    return found
