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
from loa.desk.actions.merge import merge
from loa.desk.views.answers import actor_of, form_page, operator_only, portal_of, saved
from loa.lib import domains
from loa.moderation.actions.suspend import reinstate, suspend
from loa.organizations import queries
from loa.organizations.actions.appoint import appoint
from loa.organizations.actions.clear_likeness import clear_likeness
from loa.organizations.actions.close import reopen
from loa.organizations.actions.protect import protect
from loa.organizations.actions.rename import rename
from loa.organizations.errors import HasMoney, NotMember
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
    if (done := _settled(request, found)) is not None:
        return done
    context = {
        "rename": forms.RenameForm(initial={"name": found.name, "name_en": found.name_en}),
        "appoint": forms.AppointForm(), "owners": queries.owners(found), "merged": found.merged_into,
        "organization": found, "likenesses": queries.likenesses(found), "proofs": verification.standing(found),
        "form": form, "zone": portal_of(request).time_zone,
    }  # fmt: skip
    return render(request, "desk/organization.html", context, status=400 if form.is_bound else 200)


def _settled(request: HttpRequest, found: Organization) -> HttpResponse | None:
    """What the other buttons of the page do; None where none of them was pressed, or its form says what is wrong."""
    if "rename" in request.POST:
        form = forms.RenameForm(request.POST)
        if form.is_valid():
            rename(cast("Person", request.user), found, **form.cleaned_data)
            return _again(request, found.slug)
    if request.user.is_superuser and "appoint" in request.POST:
        try:
            appoint(actor_of(request), found, email=request.POST.get("email", ""))
            return _again(request, found.slug)
        except NotMember:
            messages.error(request, _("Chưa có ai đăng ký bằng địa chỉ này. Hãy mời họ đăng ký trước."))
            return redirect("desk:organization", found.slug)
    if request.user.is_superuser and "reopen" in request.POST:
        reopen(actor_of(request), found)
        return _again(request, found.slug)
    return None


@for_staff
def merge_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a double together with the organization it is; only the operator."""
    operator_only(request)
    double = _organization(request, slug)
    form = forms.MergeForm(request.POST or None)
    if form.is_valid():
        try:
            merge(actor_of(request), double, _organization(request, form.cleaned_data["into"]))
            return saved(request, "desk:organizations")
        except HasMoney:
            form.add_error(None, _("Tổ chức này còn gói hoặc lượt đã mua. Hãy chuyển sang tổ chức kia trước."))
        except (ValueError, Http404):
            form.add_error("into", _("Không có tổ chức nào như vậy để nhập vào. Hãy chép phần sau /o/ trong địa chỉ."))
    return form_page(request, form, _("Nhập vào tổ chức khác") + f": {double.name}")


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
