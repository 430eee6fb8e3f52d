"""Doors of the portals of this installation: a new one, and what this one is: looks, hosts, what the law wants."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_operator
from loa.accounts.views.step_up import steps_up
from loa.desk import forms
from loa.desk.actions.add_host import add_host
from loa.desk.actions.edit_brand import edit_brand
from loa.desk.actions.edit_law import edit_law
from loa.desk.actions.make_portal import make_portal
from loa.desk.actions.remove_host import remove_host
from loa.desk.errors import HostInUse, HostTaken, NotOurAddress, SlugTaken
from loa.desk.views.answers import form_page, saved
from loa.media.errors import NotAPicture, StorageFull
from loa.media.rules import why_full
from loa.portals import queries
from loa.portals.middleware import portal_of


@for_operator
@steps_up
def portals(request: HttpRequest) -> HttpResponse:
    """Every portal with its desk, and a form that makes another."""
    form = forms.NewPortalForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_portal(actor_of(request), **form.cleaned_data)
        except NotOurAddress:
            form.add_error("origin", _("Hãy viết như https://tin.example.vn, không có gì sau tên miền."))
        except HostTaken:
            form.add_error("origin", _("Tên miền này đã dẫn tới một cổng khác."))
        except SlugTaken:
            form.add_error("name", _("Đã có một cổng tên như vậy."))
        else:
            return saved(
                request,
                "desk:portals",
                _("Đã lập %(name)s. Mở bàn điều hành của nó để đặt bộ mặt.") % {"name": made.name},
            )
    shown = {"form": form, "portals": queries.every(), "here": portal_of(request)}
    return render(request, "desk/portals.html", shown, status=400 if form.is_bound else 200)


@for_operator
def brand(request: HttpRequest) -> HttpResponse:
    """What this portal looks like and is about."""
    portal, language = portal_of(request), get_language() or "vi"
    form = forms.BrandForm(request.POST or None, request.FILES or None, portal=portal, language=language)
    if form.is_valid():
        upload = form.cleaned_data["logo"]
        logo = upload.read() if upload else None
        try:
            edit_brand(actor_of(request), portal=portal, fields=form.columns(), logo=logo)
        except NotAPicture:
            form.add_error("logo", _("Tệp này không phải ảnh đọc được. Hãy gửi JPEG, PNG hay WebP."))
        except StorageFull as fact:
            form.add_error("logo", why_full(fact))
        else:
            return saved(request, "desk:brand")
    return form_page(request, form, _("Tên, màu và nơi chốn"))


@for_operator
def law(request: HttpRequest) -> HttpResponse:
    """What the law wants of this portal."""
    portal, language = portal_of(request), get_language() or "vi"
    form = forms.LawForm(request.POST or None, portal=portal, language=language)
    if form.is_valid():
        edit_law(actor_of(request), portal=portal, fields=form.columns())
        return saved(request, "desk:law")
    return form_page(request, form, _("Pháp lý"))


@for_operator
@steps_up
def hosts(request: HttpRequest) -> HttpResponse:
    """The host names that lead here, and a form that adds one."""
    form = forms.HostForm(request.POST or None)
    if form.is_valid():
        try:
            add_host(actor_of(request), portal=portal_of(request), host=form.cleaned_data["host"])
        except HostTaken:
            form.add_error("host", _("Tên miền này đã dẫn tới một cổng khác."))
        else:
            return saved(request, "desk:hosts")
    shown = {"form": form, "hosts": portal_of(request).hosts.order_by("host")}
    return render(request, "desk/hosts.html", shown, status=400 if form.is_bound else 200)


@for_operator
@require_POST
@steps_up
def take_host(request: HttpRequest) -> HttpResponse:
    """One host name leads nowhere any more."""
    try:
        remove_host(actor_of(request), portal=portal_of(request), host=request.POST.get("host", ""))
    except HostInUse:
        form = forms.HostForm()
        shown = {"form": form, "hosts": portal_of(request).hosts.order_by("host"), "is_in_use": True}
        return render(request, "desk/hosts.html", shown, status=400)
    return redirect("desk:hosts")
