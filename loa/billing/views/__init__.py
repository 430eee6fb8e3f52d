"""Doors of billing: an owner's orders and invoices, the operator's pages, and the bank's hook."""

from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from loa.accounts.views import View, person_of
from loa.billing.queries.orders import get_for_owner
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of


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
