"""Doors of reports: the public's form about an entry, what a moderator says to it, and taking an entry back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from loa.accounts.views import actor_of, for_staff, person_of
from loa.accounts.views.step_up import steps_up
from loa.archive import queries as archive
from loa.archive.models import State as Shown
from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.moderation import queries
from loa.moderation.actions.answer_named import answer_named
from loa.moderation.actions.report import report
from loa.moderation.actions.settle import settle
from loa.moderation.errors import Settled
from loa.moderation.forms import AnswerForm, ReportForm, WithdrawForm
from loa.moderation.models import Report
from loa.moderation.views.queue import context_of
from loa.portals.middleware import portal_of
from loa.releases.actions.bring_in import open_for_correction
from loa.releases.actions.withdraw import withdraw


@for_staff
def settle_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A moderator has seen to a report; whoever is named in a release is answered, with a reason."""
    found = queries.reports(portal_of(request).pk).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if found.kind == Report.Kind.ERROR:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        settle(person_of(request), found)
        return redirect("moderation:queue")
    return _named(request, found)


@steps_up
def _named(request: HttpRequest, found: Report) -> HttpResponse:
    """What is granted readers see under the release, or its sender hears: who grants it is asked once more."""
    form = AnswerForm(request.POST if "outcome" in request.POST else None)
    if form.is_valid():
        try:
            answer_named(person_of(request), found, **form.cleaned_data)
            messages.success(request, _("Đã trả lời."))
        except Settled:
            messages.error(request, _("Người khác vừa trả lời."))
        return redirect("moderation:queue")
    context = {
        "report": found,
        "form": form,
        "address": archive.address(found.entry),
        "zone": portal_of(request).time_zone,
    }
    return render(request, "moderation/named.html", context, status=400 if form.is_bound else 200)


@for_staff
@require_safe
def find_one(request: HttpRequest) -> HttpResponse:
    """From a pasted address to the page that withdraws what stands there."""
    public_id = queries.public_id_in(request.GET.get("address", ""))
    if queries.get_shown(portal_of(request).pk, public_id) is None:
        return render(request, "moderation/queue.html", {**context_of(request), "is_unknown": True}, status=404)
    return redirect("moderation:withdraw", public_id)


@for_staff
@steps_up
def withdraw_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a published release from readers, whoever wrote it."""
    entry = queries.get_shown(portal_of(request).pk, public_id)
    if entry is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        statement, person = form.cleaned_data["statement"], actor_of(request)
        withdraw(person, open_for_correction(person, entry), statement=statement, is_by_moderator=True)
        messages.success(request, _("Đã rút bài."))
        return redirect("moderation:queue")
    context = {"entry": entry, "address": archive.address(entry), "form": form}
    return render(request, "moderation/withdraw.html", context, status=400 if form.is_bound else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reader's form about one entry; it needs no cookie, so it guards itself by where it was sent from."""
    entry = archive.by_public_id(portal_of(request).pk, public_id)
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
        said = form.cleaned_data
        report(entry, kind=said["kind"], name=said["name"], reason=said["reason"], email=said["email"])
    return render(request, "moderation/report_done.html", context)
