"""Doors of the organizations: which there are, and whether they may publish."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.models import Person
from loa.accounts.views import for_staff
from loa.desk import forms
from loa.desk.views.answers import form_page, portal_of, saved
from loa.moderation.actions.suspend import reinstate, suspend
from loa.organizations.models import Organization


@for_staff
def organizations(request: HttpRequest) -> HttpResponse:
    """Every organization of the portal."""
    rows = Organization.objects.filter(portal=portal_of(request)).order_by("name")
    return render(request, "desk/organizations.html", {"organizations": rows})


def _organization(request: HttpRequest, slug: str) -> Organization:
    organization = Organization.objects.filter(portal=portal_of(request), slug=slug).first()
    if organization is None:
        raise Http404
    return organization


@for_staff
def suspend_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps an organization from publishing; what is public stays."""
    organization = _organization(request, slug)
    form = forms.SuspendForm(request.POST or None)
    if form.is_valid():
        suspend(cast("Person", request.user), organization, reason=form.cleaned_data["reason"])
        return saved(request, "desk:organizations")
    return form_page(request, form, _("Tạm ngưng") + f": {organization.name}")


@for_staff
@require_POST
def reinstate_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets an organization publish again."""
    reinstate(cast("Person", request.user), _organization(request, slug))
    return saved(request, "desk:organizations")
