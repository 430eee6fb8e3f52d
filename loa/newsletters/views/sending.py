"""From the last look to the last recipient: confirm, take back, watch."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_staff
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.mail.queries import Report
from loa.newsletters import emails, queries, rules, sheet
from loa.newsletters.actions import pause as pausing
from loa.newsletters.actions import resume as resuming
from loa.newsletters.actions import stop as stopping
from loa.newsletters.actions import take_back as taking
from loa.newsletters.actions.schedule import schedule
from loa.newsletters.errors import NotReady, StaleRevision, WrongState
from loa.newsletters.forms import SendForm
from loa.newsletters.models import Issue, State
from loa.newsletters.views.doors import issue_of


@for_staff
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many it will reach, what keeps it back, and the button."""
    issue = issue_of(request, public_id)
    if issue.state != State.DRAFT:
        return redirect("newsletters:issue", public_id)
    shown = queries.sheet_of(issue)
    drawn = emails.drawn_for(shown)
    readers = queries.readers(issue)
    reasons = rules.reasons_not_to_send(
        issue, stories=len(sheet.for_mail(shown).stories), weight=drawn.weight, readers=readers, imprint=shown.imprint
    )
    form = SendForm(request.POST or None, initial={"revision": issue.revision, "when": "now"})
    if form.is_valid():
        try:
            at = _moment(form, issue.portal.time_zone)
            schedule(actor_of(request), issue, at=at, reasons=reasons, expected_revision=form.cleaned_data["revision"])
        except NotReady:
            form.add_error(None, _("Số này chưa gửi được; lý do ở trên."))
        except StaleRevision:
            form.add_error(None, _("Có người vừa sửa số này. Hãy xem lại rồi bấm gửi lần nữa."))
            form.data = {**request.POST.dict(), "revision": str(issue.revision)}
        except WrongState:
            return redirect("newsletters:issue", public_id)
        except ValueError as error:
            form.add_error("at", str(error))
        else:
            return redirect("newsletters:issue", public_id)
    context = {
        "issue": issue, "form": form, "drawn": drawn, "number": shown.number, "readers": readers, "reasons": reasons,
        "kilobytes": -(-drawn.weight // 1000), "stories": len(sheet.for_mail(shown).stories),
        "zone": issue.portal.time_zone,
    }  # fmt: skip
    return render(request, "newsletters/send.html", context, status=400 if form.is_bound else 200)


def _moment(form: SendForm, zone: str) -> datetime | None:
    """The moment chosen on the portal's clocks; None for now. Raises ValueError with a sentence."""
    if form.cleaned_data["when"] == "now":
        return None
    try:
        at = clock.in_zone(form.cleaned_data["at"], zone)
    except clock.NoSuchTimeError:
        raise ValueError(_("Giờ này không có trong ngày ấy: đồng hồ được vặn nhanh lên.")) from None
    except clock.TwiceError:
        raise ValueError(_("Giờ này có hai lần trong ngày ấy: đồng hồ được vặn chậm lại.")) from None
    if at <= clock.now():
        raise ValueError(_("Giờ này đã qua; hãy chọn một giờ sắp tới."))
    return at


@for_staff
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft again."""
    try:
        taking.take_back(actor_of(request), issue_of(request, public_id))
        messages.success(request, _("Đã lấy lại; chưa thư nào được gửi đi."))
    except WrongState:
        messages.error(request, _("Không lấy lại được nữa: thư đã bắt đầu được gửi. Bạn vẫn có thể dừng."))
    return redirect("newsletters:issue", public_id)


@for_staff
@require_POST
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Nothing more leaves until it goes on."""
    return _do(request, public_id, pausing.pause)


@for_staff
@require_POST
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """It goes on where it was."""
    return _do(request, public_id, resuming.resume)


@for_staff
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """A page with a button, and the button."""
    if request.method == "POST":
        return _do(request, public_id, stopping.stop)
    issue = issue_of(request, public_id)
    return render(request, "newsletters/stop.html", {"issue": issue, "report": queries.report(issue)})


def _do(request: HttpRequest, public_id: str, act: Callable[[Actor, Issue], None]) -> HttpResponse:
    try:
        act(actor_of(request), issue_of(request, public_id))
    except WrongState:
        messages.error(request, _("Số này không còn đang được gửi."))
    return redirect("newsletters:issue", public_id)


def watch(request: HttpRequest, issue: Issue) -> HttpResponse:
    """What waits, leaves, or has left, in figures; the page asks again by itself while they move."""
    report = queries.report(issue)
    done = report.expected - report.pending - report.deferred
    is_moving = issue.state == State.SCHEDULED or (bool(issue.round) and issue.finished_at is None)
    waiting, last = queries.waiting_for_the_law(issue) if is_moving else (0, None)
    context: dict[str, Any] = {
        "issue": issue,
        "zone": issue.portal.time_zone,
        "report": report,
        "done": done,
        "rows": _rows(report),
        "is_moving": is_moving,
        "waiting": waiting,
        "last": last,
        "is_outside_hours": issue.state == State.SENDING and not rules.may_leave(issue, clock.now()),
        "rebuilt": max(issue.round - 1, 0),
    }
    return render(request, "newsletters/watch.html", context)


def _rows(report: Report) -> list[tuple[str, int, str]]:
    """The parts a report is made of, each in words; those that are rare only where there are any."""
    rows = [
        (_("Đã gửi"), report.sent, _("Máy chủ nhận thư đã nhận.")),
        (_("Đang chờ"), report.pending, _("Sẽ gửi ngay khi tới lượt.")),
        (_("Đang hoãn"), report.deferred, _("Máy chủ nhận thư bảo chờ; Loa tự gửi lại.")),
        (_("Bị trả lại"), report.bounced, _("Địa chỉ này không nhận thư.")),
        (_("Không gửi"), report.suppressed, _("Địa chỉ từng bị trả lại, hoặc chủ địa chỉ đã phản đối.")),
        (_("Hỏng"), report.failed, _("Không gửi được sau nhiều lần thử.")),
        (_("Chưa rõ"), report.in_doubt, _("Kết nối đứt đúng lúc giao thư: có thể đã tới, nên không tự gửi lại.")),
        (
            pgettext("đã làm", "Thôi gửi"),
            report.cancelled,
            _("Bị dừng, hoặc người đọc đã rời bản tin trước khi tới lượt."),
        ),
    ]
    return [row for place, row in enumerate(rows) if row[1] or place == 0]
