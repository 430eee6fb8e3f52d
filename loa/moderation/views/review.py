"""Doors of one release that waits: look at it, take it in hand, publish it, send it back with marked passages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from loa.accounts.views import for_staff, person_of
from loa.accounts.views.step_up import steps_up
from loa.lib import diff
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.claim import claim, unclaim
from loa.moderation.actions.send_back import send_back
from loa.moderation.errors import NotCalled, NotInText
from loa.moderation.forms import PassageForms, SendBackForm
from loa.moderation.rules import needs_call
from loa.moderation.views.answers import waiting_or_404
from loa.plans.errors import AllowanceSpent
from loa.portals.middleware import portal_of
from loa.releases.actions.publish import sheet_of
from loa.releases.errors import NoMandate, SenderGone, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.preflight.release import look_over
from loa.releases.rules import has_allowance, in_words, payer_of
from loa.releases.states import State
from loa.ui.language import language_of


@for_staff
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """One release: why it waits, its text, a button that publishes, a form that sends it back."""
    release = waiting_or_404(request, public_id)
    typed = request.POST or None
    form = SendBackForm(typed)
    passages = PassageForms(typed if "passages-TOTAL_FORMS" in request.POST else None, prefix="passages")
    is_marked_well = not passages.is_bound or passages.is_valid()
    if form.is_valid() and is_marked_well and _sent_back(request, release, form, passages):
        return redirect("moderation:queue")
    language = language_of(request)
    score, signs = queries.signs_of(release)
    claimed = queries.claimed_by(release)
    context = {
        "release": release, "form": form, "passages": passages, "sheet": sheet_of(release, language),
        "changes": [(change.label, diff.with_context(change.runs)) for change in queries.changes(release)],
        "found": look_over(release), "when": in_words(release, language), "score": score, "signs": signs,
        "is_scheduled": release.state == State.SCHEDULED, "decisions": queries.decisions(release),
        "needs_call": needs_call(release),
        "claimed_by": claimed, "is_mine": claimed == person_of(request), "zone": portal_of(request).time_zone,
        "is_spent": not has_allowance(release), "payer": payer_of(release),
    }  # fmt: skip
    return render(request, "moderation/review.html", context, status=400 if form.is_bound else 200)


def _sent_back(request: HttpRequest, release: Release, form: SendBackForm, passages: PassageForms) -> bool:
    """Whether it went back, or somebody else was quicker; else the form says what is wrong."""
    try:
        send_back(person_of(request), release, reason=form.cleaned_data["reason"], passages=passages.marked())
        messages.success(request, _("Đã gửi lại cho người viết."))
    except WrongState:
        messages.error(request, _("Người khác vừa xử lý thông cáo này."))
    except NotInText as missing:
        form.add_error(None, _("Trong bài không có chữ này: “%(words)s”.") % {"words": missing})
        return False
    return True


@for_staff
@require_POST
def claim_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a release in hand for twenty minutes, or gives it back."""
    release = waiting_or_404(request, public_id)
    if "back" in request.POST:
        unclaim(person_of(request), release)
        return redirect("moderation:queue")
    if not claim(person_of(request), release):
        messages.error(request, _("Người khác đang xem thông cáo này."))
    return redirect("moderation:review", public_id)


@for_staff
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """What waits, as readers would see it."""
    release = waiting_or_404(request, public_id)
    context = {"release": release, "sheet": sheet_of(release, language_of(request))}
    answer = render(request, "moderation/preview.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_staff
@require_POST
@steps_up
def approve_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publishes what waits."""
    try:
        release = waiting_or_404(request, public_id)
        entry = approve(person_of(request), release, call=request.POST.get("call", "")[:300])
        late = _("Giờ hẹn đã qua nên thông cáo lên trang ngay.") if release.publish_at and entry else ""
        messages.success(request, late or (_("Đã đăng.") if entry else _("Đã duyệt; tới giờ hẹn thì lên trang.")))
    except NotCalled:
        messages.error(request, _("Hãy gọi cho tổ chức trước, rồi ghi bạn đã gọi số nào và ai trả lời."))
        return redirect("moderation:review", public_id)
    except WrongState:
        messages.error(request, _("Người khác vừa xử lý thông cáo này."))
    except Suspended:
        messages.error(request, _("Tổ chức này đang tạm ngưng."))
    except AllowanceSpent:
        messages.error(request, _("Tổ chức này đã hết lượt đăng; thông cáo vẫn chờ ở đây."))
    except NoMandate:
        messages.error(request, _("Tổ chức không còn để hãng này viết thay; hãy gửi lại cho người viết."))
    except SenderGone:
        messages.error(request, _("Người gửi không còn viết cho tổ chức này; hãy gửi lại để người khác của họ gửi."))
    return redirect("moderation:queue")
