"""Doors of billing: an owner's orders and invoices, the operator's pages, and the bank's hook."""

from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from loa.accounts.models import Person
from loa.accounts.views import View
from loa.billing.queries.orders import get_for_owner
from loa.organizations.models import Organization
from loa.portals.models import Portal


def portal_of(request: HttpRequest) -> Portal:
    """The portal of the request."""
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; the guard of the door saw to it that someone is."""
    return cast("Person", request.user)


def language_of(request: HttpRequest) -> str:
    """The language of the page."""
    return cast("str", request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath


def for_owners(view: View) -> View:
    """Hands the view an organization its person owns; its writers and strangers get the page of what is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        found: Organization | None = get_for_owner(person_of(request), slug, portal_id=portal_of(request).pk)
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return guarded
