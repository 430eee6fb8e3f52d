"""What every door begins with: whose session it is, and the guards of the desk and of the operator."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from loa.accounts.models import Person
from loa.accounts.queries import actor, edits
from loa.audit.actions.record import Actor
from loa.portals.middleware import portal_of

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; the guard of the door saw to it that someone is."""
    return cast("Person", request.user)


def actor_of(request: HttpRequest) -> Actor:
    """The same, as the record names them."""
    return actor(person_of(request))


def for_staff(view: View) -> View:
    """For editors of the portal of the host; others get the page of what is not there: 404, never 403."""
    return _guarded(view, _edits)


def for_operator(view: View) -> View:
    """For whoever runs the portals; others, editors too, get the page of what is not there."""
    return _guarded(view, lambda request: request.user.is_active and request.user.is_superuser)


def _edits(request: HttpRequest) -> bool:
    return edits(person_of(request), portal_of(request).pk)


def _guarded(view: View, may: Callable[[HttpRequest], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and may(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
