"""The guard of the operator's doors, in whichever room they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """Others get the page of what is not there: 404, never 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_staff and request.user.is_active):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
