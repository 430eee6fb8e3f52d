"""Doors of the organizations: which there are, and whether they may publish."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.models import Person
from loa.accounts.views import for_staff
from loa.accounts.views.step_up import steps_up
from loa.desk import forms
from loa.desk.views.answers import actor_of, form_page, operator_only, portal_of, saved
from loa.lib import domains
from loa.moderation.actions.suspend import reinstate, suspend
from loa.organizations import queries
from loa.organizations.actions.clear_likeness import clear_likeness
from loa.organizations.actions.protect import protect
from loa.organizations.models import Organization, ProtectedName
from loa.verification import queries as verification
from loa.verification.actions.note_register import note_register


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
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """What the desk knows of one: whom it looks like, what speaks for it, and what a look into the register said."""
    found, person = _organization(request, slug), cast("Person", request.user)
    if (which := request.POST.get("clear", "")).isdecimal():
        clear_likeness(person, found, int(which))
        return _again(request, slug)
    typed = request.POST if "note_register" in request.POST else None
    form = forms.RegisterForm(typed, initial={"tax_code": found.tax_code})
    if form.is_valid():
        note_register(person, found, **form.cleaned_data)
        return _again(request, slug)
    context = {
        "organization": found, "likenesses": queries.likenesses(found), "proofs": verification.standing(found),
        "form": form, "zone": portal_of(request).time_zone,
    }  # fmt: skip
    return render(request, "desk/organization.html", context, status=400 if form.is_bound else 200)


def _again(request: HttpRequest, slug: str) -> HttpResponse:
    messages.success(request, _("Đã lưu."))
    return redirect("desk:organization", slug)


@for_staff
def protected(request: HttpRequest) -> HttpResponse:
    """The names the operator guards: whoever looks like one waits for a person."""
    operator_only(request)
    portal = portal_of(request)
    form = forms.ProtectedForm(
        request.POST or None, initial={"names": "\n".join(map(_line, queries.guarded(portal.pk)))}
    )
    if form.is_valid():
        protect(actor_of(request), portal, names=form.cleaned_data["names"])
        return saved(request, "desk:protected")
    return form_page(request, form, _("Tên được bảo vệ"))


def _line(one: ProtectedName) -> str:
    return f"{one.name} | {domains.shown(one.domain)}" if one.domain else one.name


@for_staff
@steps_up
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
@steps_up
def reinstate_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets an organization publish again."""
    reinstate(cast("Person", request.user), _organization(request, slug))
    return saved(request, "desk:organizations")
