"""Doors of one release: write, look at it, submit, correct, withdraw."""

from math import ceil
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, person_of
from loa.accounts.views.step_up import asked, is_fresh, steps_up
from loa.compose import queries as texts
from loa.compose.forms.release import CorrectForm, WithdrawForm
from loa.compose.forms.time import TimeForm, initial_time
from loa.compose.views import checks, together
from loa.compose.views.again import FACTS, said_of_again
from loa.compose.views.begin import is_writer_of
from loa.compose.views.brought import FIELD, about, say_not_taken, take_file
from loa.compose.views.embeds import of_entry
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.compose.views.sheet import Sheet
from loa.compose.views.together import said_of_aside, said_of_saved
from loa.lib import clock
from loa.moderation.actions.take_correction import take_correction
from loa.moderation.actions.take_in import take_in
from loa.moderation.queries import facts_of
from loa.moderation.queries import passages as marked_in
from loa.moderation.rules.risk import weigh
from loa.organizations import queries as organizations
from loa.plans.errors import AllowanceSpent
from loa.portals import queries as portals
from loa.releases import queries
from loa.releases.actions.appear import appear
from loa.releases.actions.merge import merge
from loa.releases.actions.publish import sheet_of
from loa.releases.actions.recall import recall
from loa.releases.actions.withdraw import withdraw
from loa.releases.errors import KeptAside, NoMandate, NotReady, SenderGone, StaleRevision, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.preflight.release import look_over
from loa.releases.rules import approvals_of, in_words, is_last_look, may_be_listed, reasons_not_to_submit, warnings
from loa.releases.states import EDITABLE, State
from loa.ui.language import language_of

EDIT = "compose:edit"
LAST_MINUTES = 600  # seconds before it goes out from which its page counts them


@for_writers
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text; what was typed is shown again whatever happens."""
    release = release_or_404(request, public_id)
    if release.state not in EDITABLE and request.method != "POST":
        return shown(request, release)
    sheet = Sheet(request, release)
    if request.method != "POST":
        appear(person_of(request), release, page=sheet.text["page"].value(), revision=release.revision)
    if request.method != "POST" or not sheet.is_valid():
        return _form(request, sheet, status=400 if request.method == "POST" else 200)
    fields = sheet.fields()
    if sheet.new.errors:
        return _form(request, sheet, status=400)
    try:
        merged = merge(person_of(request), release, fields=fields, seen=sheet.seen)
    except KeptAside as kept:
        messages.warning(request, said_of_aside())
        say_not_taken(request)
        return redirect("compose:merge", public_id, kept.aside.public_id)
    except Suspended:
        sheet.text.add_error(None, said_of_suspended())
        return _form(request, sheet, status=409)
    except WrongState:
        sheet.text.add_error(None, _("Thông cáo này vừa được gửi đi nên không lưu được nữa. Hãy chép lại chữ bạn cần."))
        return _form(request, sheet, status=409)
    if "bring" in request.POST or FIELD in request.FILES:
        return take_file(request, release)
    if "fix" in request.POST or "answer" in request.POST or (checks.reasons_typed(request) and _next(request) == EDIT):
        return checks.settle(request, release)
    messages.success(request, said_of_saved(merged))
    together.offer_undo(request, merged)
    return redirect(_next(request), public_id)


def shown(request: HttpRequest, release: Release) -> HttpResponse:
    """What is on its way or out; a page that counts down comes again by itself, without scripts too."""
    now = clock.now()
    left = ceil((release.publish_at - now).total_seconds()) if release.publish_at else 0
    is_counting = release.state == State.SCHEDULED and left <= LAST_MINUTES
    said = {
        "has_early_readers": release.early_readers.exists(),
        "is_member": organizations.is_member(person_of(request), release.organization),
        "is_last_look": is_last_look(release), "is_counting": is_counting, "left": max(0, left), "now": now,
        "when": in_words(release, language_of(request)), "is_scheduled": release.state == State.SCHEDULED,
    }  # fmt: skip
    answer = render(request, "compose/shown.html", {**_context(request, release), **said})
    if is_counting:
        answer["Refresh"] = str(max(2, left + 1))
    return answer


def _next(request: HttpRequest) -> str:
    """Where the button leads: every way on from the form saves first, so that nothing typed is left behind."""
    if "preview" in request.POST:
        return "compose:preview"
    return "compose:submit" if "send" in request.POST else EDIT


def _form(request: HttpRequest, sheet: Sheet, *, status: int) -> HttpResponse:
    sheet.hold()
    about = together.about(person_of(request), sheet.release)
    context = {**_looked_over(request, sheet.release), **about, "sheet": sheet}
    return render(request, "compose/edit.html", context, status=status)


def _stale(request: HttpRequest, sheet: Sheet) -> Release:
    """The saved text, to stand beside the one typed."""
    saved = release_or_404(request, sheet.release.public_id)
    sheet.say_stale(saved)
    return saved


def _context(request: HttpRequest, release: Release) -> dict[str, Any]:
    return {
        "release": release,
        "organization": release.organization,
        "reasons": reasons_not_to_submit(release),
        "warnings": warnings(release),
        "goes_straight_out": lambda: not weigh(facts_of(release, person_of(request))).is_held,
        "passages": marked_in(release) if release.state == State.SENT_BACK else [],
        "is_published": release.state == State.PUBLISHED,
        "may_be_listed": may_be_listed(release) and portals.taking(release.organization.portal).exists(),
        "is_writer": is_writer_of(request, release.organization),
        "copied_from": queries.of_person(person_of(request)).filter(pk=release.copied_from_id or 0).first(),
        "embeds": of_entry(release.entry, release.organization.portal) if release.state == State.PUBLISHED else [],
        "brought": about(release),
        "partner_count": release.partnerships.count(),
        "translations": texts.translations(release) if release.state != State.WITHDRAWN else None,
        "approvals": approvals_of(release),
        "confirmation": texts.confirmation(release),
        **texts.allowance(person_of(request), release),
    }


def _looked_over(request: HttpRequest, release: Release) -> dict[str, Any]:
    return {**_context(request, release), "found": look_over(release)}


@for_writers
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page as readers will see it, under a bar that says what is still missing."""
    release = release_or_404(request, public_id)
    if release.state in {State.PUBLISHED, State.WITHDRAWN}:
        return redirect("compose:edit", public_id)
    context = {
        **_context(request, release),
        "sheet": sheet_of(release, language_of(request)),
        "is_editable": release.state in EDITABLE,
    }
    answer = render(request, "compose/preview.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_writers
@steps_up
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says which of two things will happen, then does it."""
    release = release_or_404(request, public_id)
    form = TimeForm(request.POST or None, initial=initial_time(release))
    if request.method != "POST" and release.state not in EDITABLE:
        return redirect("compose:edit", public_id)
    if request.method != "POST" or not form.may_go():
        return _submitting(request, release, form, status=400 if form.errors else 200)
    try:
        outcome = take_in(person_of(request), release, **form.moment())
    except NotReady as missing:
        return _submitting(request, release, form, status=400, reasons=missing.reasons)
    except (NoMandate, SenderGone) as fact:
        gone = _("Bạn không còn viết cho tổ chức này, nên thông cáo chưa được đăng.")
        ended = _("Tổ chức không còn để hãng của bạn viết thay, nên thông cáo chưa được đăng.")
        messages.error(request, ended if isinstance(fact, NoMandate) else gone)
        return redirect("compose:mine")
    except AllowanceSpent:
        return _submitting(request, release, form, status=402, is_spent=True)
    except Suspended:
        messages.error(request, said_of_suspended())
    except WrongState:
        messages.error(request, _("Thông cáo này đã được gửi rồi."))
    else:
        said = {"published": _("Đã đăng."), "queued": _("Đã gửi; biên tập viên sẽ xem.")}
        if outcome in said:  # what waits for its time says so itself
            messages.success(request, said[outcome])
    return _after(request, release)


def _after(request: HttpRequest, release: Release) -> HttpResponse:
    """The release's page; what an editor wrote for an organization is its own now."""
    if queries.get_for_editor(person_of(request), release.public_id) is None:
        return redirect("compose:organization", release.organization.slug)
    return redirect("compose:edit", release.public_id)


def _submitting(request: HttpRequest, release: Release, form: TimeForm, *, status: int, **said: Any) -> HttpResponse:
    context = {**_looked_over(request, release), "form": form, "undo": settings.LOA_UNDO, **said}
    return render(request, "compose/submit.html", context, status=status)


@for_writers
@require_POST
def recall_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """What waits for the desk or for its time is a draft again."""
    release = release_or_404(request, public_id)
    try:
        recall(person_of(request), release)
        stopped = _("Đã dừng lại, chưa ai đọc được; bản này lại là bản nháp.")
        messages.success(request, stopped if is_last_look(release) else _("Đã lấy về; bản này lại là bản nháp."))
    except WrongState:
        is_out = Release.objects.filter(pk=release.pk, state=State.PUBLISHED).exists()
        too_late = _("Thông cáo vừa lên trang nên không dừng được nữa; bạn có thể đính chính hoặc rút.")
        messages.error(request, too_late if is_out else _("Ban biên tập vừa xử lý thông cáo này."))
    return redirect("compose:edit", public_id)


@for_writers
def correct_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A next version at the same address."""
    release = release_or_404(request, public_id)
    if release.state != State.PUBLISHED:
        raise Http404
    sheet, why = Sheet(request, release), CorrectForm(request.POST or None)
    if request.method != "POST":
        return _correction(request, sheet, why, status=200)
    if not all([sheet.is_valid(), why.is_valid()]):
        return _correction(request, sheet, why, status=400)
    fields, revision = sheet.fields(), sheet.text.cleaned_data["revision"]
    if stopped := _stopped(request, sheet, why):
        return stopped
    try:
        person, said = person_of(request), why.cleaned_data
        take_correction(person, release, fields=fields, **said, expected_revision=revision)
    except StaleRevision:
        return _correction(request, sheet, why, status=409, saved=_stale(request, sheet))
    except (NotReady, Suspended, *FACTS) as fact:
        for reason in _why_not(request, fact):
            sheet.text.add_error(None, reason)
        return _correction(request, sheet, why, status=400 if isinstance(fact, NotReady) else 409)
    except WrongState:
        return redirect("compose:edit", public_id)
    messages.success(request, _("Đã đính chính; bản cũ vẫn được giữ."))
    return redirect("compose:edit", public_id)


def _why_not(request: HttpRequest, fact: Exception) -> list[str]:
    """Why nothing was corrected."""
    return fact.reasons if isinstance(fact, NotReady) else [said_of_again(request, fact)]


def _stopped(request: HttpRequest, sheet: Sheet, why: CorrectForm) -> HttpResponse | None:
    """What stands before a correction that reads well: a file that is no picture, or the question who it is."""
    if sheet.new.errors:
        return _correction(request, sheet, why, status=400)
    return None if is_fresh(request) else asked(request, sheet.sent())


def _correction(
    request: HttpRequest, sheet: Sheet, why: CorrectForm, *, status: int, saved: Release | None = None
) -> HttpResponse:
    sheet.hold()
    context = {**_context(request, sheet.release), "sheet": sheet, "why": why, "saved": saved}
    return render(request, "compose/correct.html", context, status=status)


@for_writers
@steps_up
def withdraw_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Readers find the statement at the address from now on."""
    release = release_or_404(request, public_id)
    if release.state != State.PUBLISHED:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw(actor_of(request), release, statement=form.cleaned_data["statement"])
        except Suspended:
            form.add_error(None, said_of_suspended())
        else:
            messages.success(request, _("Đã rút thông cáo."))
            return redirect("compose:edit", public_id)
    context = {**_context(request, release), "form": form}
    return render(request, "compose/withdraw.html", context, status=400 if form.is_bound else 200)
