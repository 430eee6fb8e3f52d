"""The guards of the desk's and the operator's doors, in whichever room they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """For editors; others get the page of what is not there: 404, never 403."""
    return _guarded(view, "is_staff")


def for_operator(view: View) -> View:
    """For whoever runs the portal; others, editors too, get the page of what is not there."""
    return _guarded(view, "is_superuser")


def _guarded(view: View, flag: str) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and getattr(request.user, flag) and request.user.is_active):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
