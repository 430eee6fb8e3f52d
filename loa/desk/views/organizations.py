"""Doors of the organizations: which there are, and whether they may publish."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_operator, for_staff, person_of
from loa.accounts.views.step_up import steps_up
from loa.audit.actions.record import Actor
from loa.desk import forms
from loa.desk.actions.merge import merge
from loa.desk.actions.rename import rename
from loa.desk.views.answers import form_page, saved
from loa.lib import domains
from loa.media import queries as media
from loa.media.actions.set_quota import set_quota
from loa.moderation.actions.suspend import reinstate, suspend
from loa.organizations import queries
from loa.organizations.actions.appoint import appoint
from loa.organizations.actions.clear_likeness import clear_likeness
from loa.organizations.actions.close import reopen
from loa.organizations.actions.protect import protect
from loa.organizations.errors import HasMoney, NotMember
from loa.organizations.models import Organization, ProtectedName
from loa.portals.middleware import portal_of
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


MB = 1_000_000
FORMS: dict[str, type[Form]] = {
    "rename": forms.RenameForm, "appoint": forms.AppointForm, "note_register": forms.RegisterForm,
    "quota": forms.QuotaForm,
}  # fmt: skip


@for_staff
@steps_up
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """What the desk knows of one: whom it looks like, what speaks for it, and what a look into the register said."""
    found = _organization(request, slug)
    own, initial = (
        media.own_quota(_key(found)),
        {name: getattr(found, name) for name in ("tax_code", "name", "name_en")},
    )
    initial["most_mb"] = None if own is None else own // MB
    made = {name: kind(request.POST if name in request.POST else None, initial=initial) for name, kind in FORMS.items()}
    sent = next((name for name, form in made.items() if form.is_bound), "")
    if _is_settled(request, found, sent, made[sent]) if sent else _is_pressed(request, found):
        messages.success(request, _("Đã lưu."))
        return redirect("desk:organization", slug)
    context = {
        **made, "owners": queries.owners(found), "merged": found.merged_into, "organization": found,
        "likenesses": queries.likenesses(found), "proofs": verification.standing(found),
        "zone": portal_of(request).time_zone, "storage": media.storage_of(_key(found)),
        "for_all": settings.LOA_LIBRARY_QUOTA,
    }  # fmt: skip
    return render(request, "desk/organization.html", context, status=400 if sent else 200)


def _is_settled(request: HttpRequest, found: Organization, name: str, form: Form) -> bool:
    """Whether the form that was sent is done; else it says what is wrong."""
    if not form.is_valid():
        return False
    person, said = person_of(request), form.cleaned_data
    if name == "rename":
        rename(person, found, **said)
    elif name == "note_register":
        note_register(person, found, **said)
    elif name == "quota":
        most = said["most_mb"]
        set_quota(_operator(request), _key(found), most=None if most is None else most * MB)
    else:
        try:
            appoint(_operator(request), found, **said)
        except NotMember:
            form.add_error("email", _("Chưa có ai đăng ký bằng địa chỉ này. Hãy mời họ đăng ký trước."))
    return form.is_valid()


def _is_pressed(request: HttpRequest, found: Organization) -> bool:
    """Whether one of the buttons that need no form was."""
    if (which := request.POST.get("clear", "")).isdecimal():
        clear_likeness(person_of(request), found, int(which))
        return True
    if "reopen" in request.POST:
        reopen(_operator(request), found)
        return True
    return False


def _key(organization: Organization) -> str:
    """The owner's key of its files."""
    return f"organization:{organization.pk}"


def _operator(request: HttpRequest) -> Actor:
    """Who is signed in, where they run the portal; editors find nothing here."""
    if not request.user.is_superuser:
        raise Http404
    return actor_of(request)


@for_operator
@steps_up
def merge_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a double together with the organization it is."""
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


@for_operator
@steps_up
def protected(request: HttpRequest) -> HttpResponse:
    """The names the operator guards: whoever looks like one waits for a person."""
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
        suspend(person_of(request), organization, reason=form.cleaned_data["reason"])
        return saved(request, "desk:organizations")
    return form_page(request, form, _("Tạm ngưng") + f": {organization.name}")


@for_staff
@require_POST
@steps_up
def reinstate_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets an organization publish again."""
    reinstate(person_of(request), _organization(request, slug))
    return saved(request, "desk:organizations")
