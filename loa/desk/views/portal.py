"""Doors of what the portal says and is: its pages, its lead story, its address, who keeps its desk."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.accounts.views import actor_of, for_operator, for_staff
from loa.accounts.views.step_up import steps_up
from loa.desk import forms, queries, rules
from loa.desk.actions.edit_about import edit_about
from loa.desk.actions.edit_address import edit_address
from loa.desk.actions.edit_page import edit_page
from loa.desk.actions.pin import pin
from loa.desk.actions.set_staff import set_staff
from loa.desk.errors import LastOperator, NoSuchPerson, NoSuchStory, NotOurAddress
from loa.desk.views.answers import form_page, saved
from loa.lib import clock, dates
from loa.lib.languages import own_name
from loa.media.errors import NotAPicture, StorageFull
from loa.media.rules import why_full
from loa.portals.middleware import portal_of
from loa.portals.models import AboutBlock, StaticPage

PAGES = ("about", "contact", "pricing", "terms", "privacy")


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """Where everything of the operator's is."""
    names = (_("Giới thiệu"), _("Liên hệ"), _("Bảng giá"), _("Điều khoản"), _("Quyền riêng tư"))
    pages = [{"slug": slug, "name": name} for slug, name in zip(PAGES, names, strict=True)]
    languages = [(code, own_name(code)) for code in portal_of(request).spoken]
    context = {"pages": pages, "languages": languages, "signs": _signs(request)}
    return render(request, "desk/index.html", context)


def _signs(request: HttpRequest) -> list[rules.Sign]:
    portal, now, language = portal_of(request), clock.now(), get_language() or "vi"

    def moment(at: datetime) -> str:
        return dates.moment_in_words(at, portal.time_zone, language)

    desk = queries.desk(portal)
    found = rules.for_editors(desk, now, moment)
    if request.user.is_superuser:
        found += rules.for_operators(desk, queries.machine(), now, moment, language)
    return rules.worst_first(found)


@for_staff
def page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One page of the portal in one language."""
    if slug not in PAGES or language not in portal_of(request).spoken:
        raise Http404
    old = StaticPage.objects.filter(portal=portal_of(request), slug=slug, language=language).values().first()
    form = forms.PageForm(request.POST or None, initial=dict(old) if old else None)
    forms.mark_language(form, language)
    if form.is_valid():
        edit_page(actor_of(request), portal=portal_of(request), address=(slug, language), **form.cleaned_data)
        return saved(request, "desk:index")
    return form_page(request, form, f"/{slug} ({language})")


@for_staff
def about(request: HttpRequest, language: str) -> HttpResponse:
    """The signed word about the portal."""
    if language not in portal_of(request).spoken:
        raise Http404
    old = AboutBlock.objects.filter(portal=portal_of(request), language=language).values().first()
    initial = {name: value for name, value in (old or {}).items() if name != "portrait"}
    form = forms.AboutForm(request.POST or None, request.FILES or None, initial=initial)
    forms.mark_language(form, language)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        upload = fields.pop("portrait")
        try:
            portrait = upload.read() if upload else None
            edit_about(
                actor_of(request), portal=portal_of(request), language=language, fields=fields, portrait=portrait
            )
        except NotAPicture:
            form.add_error("portrait", _("Tệp này không phải ảnh đọc được. Hãy gửi JPEG, PNG hay WebP."))
        except StorageFull as fact:
            form.add_error("portrait", why_full(fact))
        else:
            return saved(request, "desk:index")
    return form_page(request, form, _("Lời giới thiệu dưới thông cáo"))


@for_operator
@steps_up
def staff(request: HttpRequest) -> HttpResponse:
    """Who keeps the desk; only the operator changes it."""
    form = forms.StaffForm(request.POST or None)
    if form.is_valid():
        try:
            set_staff(actor_of(request), portal=portal_of(request), **form.cleaned_data)
        except NoSuchPerson:
            form.add_error("email", _("Chưa có ai đăng ký bằng địa chỉ này. Hãy mời họ đăng ký trước."))
        except LastOperator:
            form.add_error("reach", _("Bạn là người điều hành duy nhất của cổng nên chưa rời ban biên tập được."))
        else:
            return saved(request, "desk:staff")
    lines = [_line(person) for person in accounts.editors(portal_of(request))]
    return form_page(request, form, _("Ban biên tập"), lines)


def _line(person: Person) -> str:
    named = f"{person.name} · {person.email}" if person.name else person.email
    reach = _("điều hành") if person.is_superuser else _("mọi cổng") if person.is_staff else ""
    return f"{named} · {reach}" if reach else named


@for_operator
@steps_up
def address(request: HttpRequest) -> HttpResponse:
    """Where the portal's links lead, mails to set a password among them; only the operator changes it."""
    form = forms.AddressForm(request.POST or None, initial={"origin": portal_of(request).origin})
    if form.is_bound and form.is_valid():
        try:
            edit_address(actor_of(request), portal=portal_of(request), origin=form.cleaned_data["origin"])
        except NotOurAddress:
            form.add_error("origin", _("Hãy viết như https://tin.example.vn, bằng một tên miền dẫn tới cổng này."))
        else:
            return saved(request, "desk:index")
    return form_page(request, form, _("Địa chỉ của cổng"))


@for_staff
def pinned(request: HttpRequest) -> HttpResponse:
    """The lead story of the front page."""
    form = forms.PinForm(request.POST or None, initial={"public_id": portal_of(request).pinned})
    if form.is_bound and form.is_valid():
        try:
            pin(actor_of(request), portal=portal_of(request), public_id=form.cleaned_data["public_id"])
        except NoSuchStory:
            form.add_error("public_id", _("Không có thông cáo nào đang hiển thị mang mã này. Hãy chép lại từ địa chỉ."))
        else:
            return saved(request, "desk:index")
    return form_page(request, form, _("Bài đứng đầu"))
