"""The operator's pages; whoever is not on the desk finds nothing here."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.accounts.views import for_staff
from loa.audit.actions.record import Actor
from loa.desk import forms
from loa.desk.actions.edit_about import edit_about
from loa.desk.actions.edit_address import edit_address
from loa.desk.actions.edit_page import edit_page
from loa.desk.actions.edit_section import edit_section
from loa.desk.actions.move_section import move_section
from loa.desk.actions.pin import pin
from loa.desk.actions.set_staff import set_staff
from loa.desk.errors import LastOperator, NoSuchPerson, NoSuchStory, NotOurAddress
from loa.lib import clock
from loa.lib.languages import own_name
from loa.mail import queries as mail
from loa.mail.actions.halt import go_on, halt
from loa.mail.actions.leave_it import leave_copies, leave_it
from loa.mail.actions.pause import pause
from loa.mail.actions.resume import resume
from loa.mail.actions.send_again import send_again, send_copies_again
from loa.mail.actions.stop import stop
from loa.mail.errors import CalledBack
from loa.mail.models import Lane, Mailing, Message
from loa.media.errors import NotAPicture
from loa.moderation.actions.suspend import reinstate, suspend
from loa.organizations.models import Organization
from loa.portals.models import AboutBlock, Portal, StaticPage
from loa.search import queries as search
from loa.search.actions.edit_synonyms import edit_synonyms
from loa.search.errors import NoSynonyms
from loa.topics.models import Section
from loa.ui.language import spoken

PAGES = ("about", "contact", "pricing", "terms", "privacy")


def _portal(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def _actor(request: HttpRequest) -> Actor:
    return accounts.actor(cast("Person", request.user))


def _page(request: HttpRequest, form: Any, heading: str, listed: list[str] | None = None) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, "desk/form.html", {"form": form, "heading": heading, "listed": listed}, status=status)


def _saved(request: HttpRequest, door: str) -> HttpResponse:
    messages.success(request, _("Đã lưu."))
    return redirect(door)


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """Where everything of the operator's is."""
    names = (_("Giới thiệu"), _("Liên hệ"), _("Bảng giá"), _("Điều khoản"), _("Quyền riêng tư"))
    pages = [{"slug": slug, "name": name} for slug, name in zip(PAGES, names, strict=True)]
    return render(
        request, "desk/index.html", {"pages": pages, "languages": [(code, own_name(code)) for code in spoken()]}
    )


@for_staff
def sections(request: HttpRequest) -> HttpResponse:
    """The headings in their order, and a form that adds one or changes the one in `?slug=`."""
    rows = Section.objects.filter(portal=_portal(request))
    changed = rows.filter(slug=request.GET.get("slug", "")).first()
    initial = {name: getattr(changed, name) for name in forms.SectionForm.base_fields} if changed else {}
    form = forms.SectionForm(request.POST or None, initial=initial or {"position": rows.count()})
    if form.is_valid():
        data = form.cleaned_data
        names = (data["name_vi"], data["name_en"])
        edit_section(
            _actor(request), portal=_portal(request), slug=data["slug"], names=names, position=data["position"]
        )
        return _saved(request, "desk:sections")
    shown = {"sections": rows, "changed": changed, "form": form}
    return render(request, "desk/sections.html", shown, status=400 if form.is_bound else 200)


@for_staff
@require_POST
def move_a_section(request: HttpRequest, slug: str) -> HttpResponse:
    """One heading, one place up or down."""
    move_section(_actor(request), portal=_portal(request), slug=slug, is_up=request.POST.get("way") == "up")
    return redirect("desk:sections")


@for_staff
def page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One page of the portal in one language."""
    if slug not in PAGES or language not in spoken():
        raise Http404
    old = StaticPage.objects.filter(portal=_portal(request), slug=slug, language=language).values().first()
    form = forms.PageForm(request.POST or None, initial=dict(old) if old else None)
    forms.mark_language(form, language)
    if form.is_valid():
        edit_page(_actor(request), portal=_portal(request), address=(slug, language), **form.cleaned_data)
        return _saved(request, "desk:index")
    return _page(request, form, f"/{slug} ({language})")


@for_staff
def about(request: HttpRequest, language: str) -> HttpResponse:
    """The signed word about the portal."""
    if language not in spoken():
        raise Http404
    old = AboutBlock.objects.filter(portal=_portal(request), language=language).values().first()
    initial = {name: value for name, value in (old or {}).items() if name != "portrait"}
    form = forms.AboutForm(request.POST or None, request.FILES or None, initial=initial)
    forms.mark_language(form, language)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        upload = fields.pop("portrait")
        try:
            portrait = upload.read() if upload else None
            edit_about(_actor(request), portal=_portal(request), language=language, fields=fields, portrait=portrait)
        except NotAPicture:
            form.add_error("portrait", _("Tệp này không phải ảnh đọc được. Hãy gửi JPEG, PNG hay WebP."))
        else:
            return _saved(request, "desk:index")
    return _page(request, form, _("Lời giới thiệu dưới thông cáo"))


@for_staff
def staff(request: HttpRequest) -> HttpResponse:
    """Who keeps the desk; only the operator changes it."""
    if not request.user.is_superuser:
        raise Http404
    form = forms.StaffForm(request.POST or None)
    if form.is_valid():
        try:
            set_staff(_actor(request), **form.cleaned_data)
        except NoSuchPerson:
            form.add_error("email", _("Chưa có ai đăng ký bằng địa chỉ này. Hãy mời họ đăng ký trước."))
        except LastOperator:
            form.add_error("is_staff", _("Bạn là người điều hành duy nhất của cổng nên chưa rời ban biên tập được."))
        else:
            return _saved(request, "desk:staff")
    return _page(request, form, _("Ban biên tập"), [_line(person) for person in accounts.staff()])


def _line(person: Person) -> str:
    return f"{person.name} · {person.email}" if person.name else person.email


@for_staff
def address(request: HttpRequest) -> HttpResponse:
    """Where the portal's links lead, mails to set a password among them; only the operator changes it."""
    if not request.user.is_superuser:
        raise Http404
    form = forms.AddressForm(request.POST or None, initial={"origin": _portal(request).origin})
    if form.is_bound and form.is_valid():
        try:
            edit_address(_actor(request), portal=_portal(request), origin=form.cleaned_data["origin"])
        except NotOurAddress:
            form.add_error("origin", _("Hãy viết như https://tin.example.vn, bằng một tên miền dẫn tới cổng này."))
        else:
            return _saved(request, "desk:index")
    return _page(request, form, _("Địa chỉ của cổng"))


@for_staff
def pinned(request: HttpRequest) -> HttpResponse:
    """The lead story of the front page."""
    form = forms.PinForm(request.POST or None, initial={"public_id": _portal(request).pinned})
    if form.is_bound and form.is_valid():
        try:
            pin(_actor(request), portal=_portal(request), public_id=form.cleaned_data["public_id"])
        except NoSuchStory:
            form.add_error("public_id", _("Không có thông cáo nào đang hiển thị mang mã này. Hãy chép lại từ địa chỉ."))
        else:
            return _saved(request, "desk:index")
    return _page(request, form, _("Bài đứng đầu"))


@for_staff
def synonyms(request: HttpRequest) -> HttpResponse:
    """Words the search takes for one another."""
    form = forms.SynonymsForm(request.POST or None, initial={"text": search.synonym_lines(_portal(request).pk)})
    forms.mark_language(form, _portal(request).language)
    if form.is_valid():
        try:
            edit_synonyms(_actor(request), portal=_portal(request), text=form.cleaned_data["text"])
        except NoSynonyms as error:
            form.add_error("text", _why_not(error))
        else:
            return _saved(request, "desk:synonyms")
    return _page(request, form, _("Từ cùng nghĩa khi tìm"))


def _why_not(error: NoSynonyms) -> str:
    if error.reason == "alone":
        return _("Dòng %(line)s cần ít nhất hai từ khác nhau, ngăn bằng dấu bằng.") % {"line": error.line}
    return _("Dòng %(line)s quá dài: mỗi từ nhiều nhất 12 tiếng, cả bảng nhiều nhất 2.000 dòng.") % {"line": error.line}


@for_staff
def organizations(request: HttpRequest) -> HttpResponse:
    """Every organization of the portal."""
    rows = Organization.objects.filter(portal=_portal(request)).order_by("name")
    return render(request, "desk/organizations.html", {"organizations": rows})


def _organization(request: HttpRequest, slug: str) -> Organization:
    organization = Organization.objects.filter(portal=_portal(request), slug=slug).first()
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
        return _saved(request, "desk:organizations")
    return _page(request, form, _("Tạm ngưng") + f": {organization.name}")


@for_staff
@require_POST
def reinstate_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets an organization publish again."""
    reinstate(cast("Person", request.user), _organization(request, slug))
    return _saved(request, "desk:organizations")


MAILINGS = 15


@for_staff
def outgoing(request: HttpRequest) -> HttpResponse:
    """Mail of the whole installation: what waits, what is wrong, and the switches; only for the operator."""
    _operator_only(request)
    mailings = Mailing.objects.defer("text", "html", "headers").order_by("-id")
    rows = list(mailings[:MAILINGS])
    doubts = mail.copies_in_doubt()
    rows += mailings.filter(pk__in=doubts.keys() - {row.pk for row in rows})
    reports = mail.reports(rows)
    context = {
        "lanes": [(standing, LANES[standing.lane]) for standing in mail.lanes()],
        "receivers": mail.failing(),
        "mailings": [(row, reports[row.pk], doubts.get(row.pk, 0), STATES.get(_state_of(row))) for row in rows],
        "messages_in_doubt": mail.messages_in_doubt()[:100],
        "zone": _portal(request).time_zone,
    }
    return render(request, "desk/outgoing.html", context)


LANES = {"account": _lazy("Tài khoản"), "at_once": _lazy("Tin báo ngay"), "news": _lazy("Bản tin")}
STATES = {
    "open": _lazy("đang thêm người nhận"), "sealed": _lazy("đang gửi"), "paused": _lazy("tạm dừng"),
    "scheduled": _lazy("chờ đến giờ"), "stopped": _lazy("đã dừng hẳn"), "finished": _lazy("đã xong"),
}  # fmt: skip


def _state_of(mailing: Mailing) -> str:
    if mailing.state == Mailing.State.STOPPED:
        return "stopped"
    if mailing.finished_at:
        return "finished"
    if mailing.is_paused:
        return "paused"
    return "scheduled" if mailing.not_before > clock.now() else str(mailing.state)


@for_staff
@require_POST
def switch_lane(request: HttpRequest, lane: str, way: str) -> HttpResponse:
    """Halts a lane, or lets it run again."""
    _operator_only(request)
    switch = {"halt": halt, "go-on": go_on}.get(way)
    if switch is None or lane not in Lane.values:
        raise Http404
    return _decided(request, lambda: switch(_actor(request), lane))


@for_staff
@require_POST
def change_mailing(request: HttpRequest, public_id: str, way: str) -> HttpResponse:
    """Pauses, resumes or stops a mailing, or decides about its copies in doubt."""
    _operator_only(request)
    ways: dict[str, Callable[[Actor, Mailing], object]] = {
        "pause": pause, "resume": resume, "stop": stop, "again": send_copies_again, "leave": leave_copies,
    }  # fmt: skip
    mailing, change = Mailing.objects.filter(public_id=public_id).first(), ways.get(way)
    if mailing is None or change is None:
        raise Http404
    return _decided(request, lambda: change(_actor(request), mailing))


@for_staff
@require_POST
def change_message(request: HttpRequest, public_id: str, way: str) -> HttpResponse:
    """Decides about a single mail in doubt."""
    _operator_only(request)
    ways = {"again": send_again, "leave": leave_it}
    message, change = Message.objects.filter(public_id=public_id).first(), ways.get(way)
    if message is None or change is None:
        raise Http404
    return _decided(request, lambda: change(_actor(request), message))


def _operator_only(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise Http404


def _decided(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except CalledBack:
        messages.error(request, _("Tin trong thư này đã được rút hoặc đợt thư đã dừng, nên không gửi lại được."))
        return redirect("desk:outgoing")
    return _saved(request, "desk:outgoing")
