"""The queue of releases and reports; whoever is not on the desk finds nothing here."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.accounts.views import for_staff
from loa.accounts.views.step_up import steps_up
from loa.archive import queries as archive
from loa.archive.models import State as Shown
from loa.lib import diff
from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.report import report
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.settle import settle
from loa.moderation.forms import ReportForm, SendBackForm, WithdrawForm
from loa.plans.errors import AllowanceSpent
from loa.portals.models import Portal
from loa.releases.actions.bring_in import open_for_correction
from loa.releases.actions.publish import sheet_of
from loa.releases.actions.withdraw import withdraw
from loa.releases.errors import NoMandate, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.preflight.release import look_over
from loa.releases.queries import scheduled
from loa.releases.rules import has_allowance, in_words, payer_of
from loa.releases.states import State


def _portal(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def _waiting(request: HttpRequest, public_id: str) -> Release:
    release = queries.get_waiting(_portal(request).pk, public_id)
    if release is None:
        raise Http404
    return release


@for_staff
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, and what readers reported."""
    return render(request, "moderation/queue.html", _queue(request))


def _queue(request: HttpRequest) -> dict[str, Any]:
    portal = _portal(request)
    language = cast("str", request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath
    return {
        "waiting": [(row, in_words(row.release, language)) for row in queries.in_queue(portal.pk)],
        "scheduled": [(one, in_words(one, language)) for one in scheduled(portal.pk)],
        "reports": queries.reports(portal.pk), "zone": portal.time_zone,
    }  # fmt: skip


@for_staff
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """One release: its text, a button that publishes, a form that sends it back."""
    release = _waiting(request, public_id)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        try:
            send_back(cast("Person", request.user), release, reason=form.cleaned_data["reason"])
            messages.success(request, _("Đã gửi lại cho người viết."))
        except WrongState:
            messages.error(request, _("Người khác vừa xử lý thông cáo này."))
        return redirect("moderation:queue")
    status = 400 if form.is_bound else 200
    language = cast("str", request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath
    changes = [(change.label, diff.with_context(change.runs)) for change in queries.changes(release)]
    context = {
        "release": release, "form": form, "sheet": sheet_of(release, language), "changes": changes,
        "found": look_over(release), "when": in_words(release, language),
        "is_scheduled": release.state == State.SCHEDULED,
        "is_spent": not has_allowance(release), "payer": payer_of(release),
    }  # fmt: skip
    return render(request, "moderation/review.html", context, status=status)


@for_staff
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """What waits, as readers would see it."""
    release = _waiting(request, public_id)
    language = cast("str", request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath
    context = {"release": release, "sheet": sheet_of(release, language)}
    answer = render(request, "moderation/preview.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_staff
@require_POST
@steps_up
def approve_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publishes what waits."""
    try:
        release = _waiting(request, public_id)
        entry = approve(cast("Person", request.user), release)
        late = _("Giờ hẹn đã qua nên thông cáo lên trang ngay.") if release.publish_at and entry else ""
        messages.success(request, late or (_("Đã đăng.") if entry else _("Đã duyệt; tới giờ hẹn thì lên trang.")))
    except WrongState:
        messages.error(request, _("Người khác vừa xử lý thông cáo này."))
    except Suspended:
        messages.error(request, _("Tổ chức này đang tạm ngưng."))
    except AllowanceSpent:
        messages.error(request, _("Tổ chức này đã hết lượt đăng; thông cáo vẫn chờ ở đây."))
    except NoMandate:
        messages.error(request, _("Tổ chức không còn để hãng này viết thay; hãy gửi lại cho người viết."))
    return redirect("moderation:queue")


@for_staff
@require_POST
def settle_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A moderator has seen to a report."""
    found = queries.reports(_portal(request).pk).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    settle(cast("Person", request.user), found)
    return redirect("moderation:queue")


@for_staff
@require_safe
def find_one(request: HttpRequest) -> HttpResponse:
    """From a pasted address to the page that withdraws what stands there."""
    public_id = queries.public_id_in(request.GET.get("address", ""))
    if queries.get_shown(_portal(request).pk, public_id) is None:
        return render(request, "moderation/queue.html", {**_queue(request), "is_unknown": True}, status=404)
    return redirect("moderation:withdraw", public_id)


@for_staff
@steps_up
def withdraw_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a published release from readers, whoever wrote it."""
    entry = queries.get_shown(_portal(request).pk, public_id)
    if entry is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        statement, person = form.cleaned_data["statement"], actor(cast("Person", request.user))
        withdraw(person, open_for_correction(person, entry), statement=statement, is_by_moderator=True)
        messages.success(request, _("Đã rút bài."))
        return redirect("moderation:queue")
    context = {"entry": entry, "address": archive.address(entry), "form": form}
    return render(request, "moderation/withdraw.html", context, status=400 if form.is_bound else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reader's form about one entry; it needs no cookie, so it guards itself by where it was sent from."""
    entry = archive.by_public_id(_portal(request).pk, public_id)
    if entry is None or entry.state != Shown.PUBLISHED:  # a withdrawn headline is not told here either
        raise Http404
    context: dict[str, Any] = {"entry": entry, "address": archive.address(entry), "form": ReportForm()}
    if request.method != "POST":
        return render(request, "moderation/report.html", context)
    form = context["form"] = ReportForm(request.POST)
    if not is_from_own_page(request.META, request.get_host()):
        form.add_error(None, _("Biểu mẫu này phải được gửi từ chính trang báo lỗi."))
        return render(request, "moderation/report.html", context, status=403)
    if not form.is_valid():
        return render(request, "moderation/report.html", context, status=422)
    if not take(f"report:{address_of(request.META, settings.LOA_PROXIES)}", limit=10, seconds=3600):
        form.add_error(None, _("Có quá nhiều lượt báo lỗi từ mạng của bạn; hãy thử lại sau một giờ."))
        return render(request, "moderation/report.html", context, status=429)
    if not form.cleaned_data["website"]:
        report(entry, reason=form.cleaned_data["reason"], email=form.cleaned_data["email"])
    return render(request, "moderation/report_done.html", context)
