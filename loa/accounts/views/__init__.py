"""The guards of the desk's and the operator's doors, in whichever room they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from loa.accounts.models import Person
from loa.accounts.queries import edits

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """For editors of the portal of the host; others get the page of what is not there: 404, never 403."""
    return _guarded(view, _edits)


def for_operator(view: View) -> View:
    """For whoever runs the portals; others, editors too, get the page of what is not there."""
    return _guarded(view, lambda request: request.user.is_active and request.user.is_superuser)


def _edits(request: HttpRequest) -> bool:
    return edits(cast("Person", request.user), request.portal.pk)  # type: ignore[attr-defined]  # set by PortalByHost


def _guarded(view: View, may: Callable[[HttpRequest], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and may(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
