"""Doors of the mail that goes out: what waits, what is wrong, and the switches; only for the operator."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_operator
from loa.audit.actions.record import Actor
from loa.desk.forms import AddressOfMailForm
from loa.desk.views.answers import saved
from loa.lib import clock
from loa.mail import queries as mail
from loa.mail.actions.halt import go_on, halt
from loa.mail.actions.leave_it import leave_copies, leave_it
from loa.mail.actions.pause import pause
from loa.mail.actions.resume import resume
from loa.mail.actions.send_again import send_again, send_copies_again
from loa.mail.actions.stop import stop
from loa.mail.actions.suppress import lift, suppress
from loa.mail.errors import CalledBack
from loa.mail.models import Lane, Mailing, Message
from loa.portals.middleware import portal_of

MAILINGS = 15


@for_operator
def outgoing(request: HttpRequest) -> HttpResponse:
    """Mail of the whole installation: what waits, what is wrong, and the switches; only for the operator."""
    return _page(request, AddressOfMailForm())


def _page(request: HttpRequest, form: AddressOfMailForm, status: int = 200) -> HttpResponse:
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
        "zone": portal_of(request).time_zone,
        "form": form,
    }
    return render(request, "desk/outgoing.html", context, status=status)


LANES = {"account": pgettext_lazy("thư", "Tài khoản"), "at_once": _lazy("Tin báo ngay"), "news": _lazy("Bản tin")}
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
    now = clock.now()
    is_closed = mailing.not_before > now or (mailing.closes_at is not None and mailing.closes_at <= now)
    return "scheduled" if is_closed else str(mailing.state)


@for_operator
@require_POST
def switch_lane(request: HttpRequest, lane: str, way: str) -> HttpResponse:
    """Halts a lane, or lets it run again."""
    switch = {"halt": halt, "go-on": go_on}.get(way)
    if switch is None or lane not in Lane.values:
        raise Http404
    return _decided(request, lambda: switch(actor_of(request), lane))


@for_operator
@require_POST
def change_mailing(request: HttpRequest, public_id: str, way: str) -> HttpResponse:
    """Pauses, resumes or stops a mailing, or decides about its copies in doubt."""
    ways: dict[str, Callable[[Actor, Mailing], object]] = {
        "pause": pause, "resume": resume, "stop": stop, "again": send_copies_again, "leave": leave_copies,
    }  # fmt: skip
    mailing, change = Mailing.objects.filter(public_id=public_id).first(), ways.get(way)
    if mailing is None or change is None:
        raise Http404
    return _decided(request, lambda: change(actor_of(request), mailing))


@for_operator
@require_POST
def change_message(request: HttpRequest, public_id: str, way: str) -> HttpResponse:
    """Decides about a single mail in doubt."""
    ways = {"again": send_again, "leave": leave_it}
    message, change = Message.objects.filter(public_id=public_id).first(), ways.get(way)
    if message is None or change is None:
        raise Http404
    return _decided(request, lambda: change(actor_of(request), message))


@for_operator
@require_POST
def change_address(request: HttpRequest, way: str) -> HttpResponse:
    """Stops news to an address, or lets it have news again; readers and people with accounts alike."""
    if way not in ("stop", "allow"):
        raise Http404
    form = AddressOfMailForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    email = form.cleaned_data["email"]
    if way == "stop":
        suppress(email, reason="operator", actor=actor_of(request))
        words = _("Từ nay không gửi bản tin và tin báo tới %(email)s nữa; thư tài khoản thì vẫn gửi.")
    elif lift(actor_of(request), email):
        words = _("Từ nay %(email)s lại nhận được bản tin và tin báo đã đăng ký.")
    else:
        words = _("%(email)s không nằm trong danh sách thôi gửi.")
    messages.success(request, words % {"email": email})
    return redirect("desk:outgoing")


def _decided(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except CalledBack:
        messages.error(request, _("Tin trong thư này đã được rút hoặc đợt thư đã dừng, nên không gửi lại được."))
        return redirect("desk:outgoing")
    return saved(request, "desk:outgoing")
