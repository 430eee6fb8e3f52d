"""Doors of a text written for an organization: an editor asks its owner, who reads it and presses a button."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.models import Person
from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.limits.actions.take import take
from loa.portals.middleware import portal_of
from loa.releases import queries
from loa.releases.actions.answer_confirmation import answer_confirmation
from loa.releases.actions.ask_to_confirm import ask_to_confirm
from loa.releases.actions.publish import sheet_of
from loa.releases.errors import NotReady, StaleRevision, Suspended, WrongState
from loa.releases.models import Confirmation
from loa.releases.rules import text_digest
from loa.releases.states import EDITABLE
from loa.ui.language import language_of


@for_writers
@require_POST
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mails the owners; what is still missing is said instead."""
    release = release_or_404(request, public_id)
    try:
        if not take(f"compose.confirm:{release.pk}", limit=10, seconds=86_400):
            messages.error(request, _("Hôm nay đã hỏi nhiều lần về bản này. Ngày mai hãy hỏi tiếp."))
        else:
            ask_to_confirm(person_of(request), release)
            messages.success(request, _("Đã gửi thư hỏi chủ tài khoản của tổ chức."))
    except NotReady as missing:
        messages.error(request, " ".join(missing.reasons))
    except Suspended:
        messages.error(request, said_of_suspended())
    except WrongState:
        messages.error(request, _("Thông cáo này không cần xác nhận."))
    return redirect("compose:edit", public_id)


@steps_up
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text as its readers will see it, and two ways to answer; opening it changes nothing.

    For an owner who is signed in, or by the link in the mail to one.
    """
    link = request.GET.get("link", "")
    person = _owner(request, public_id, link)
    if person is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.path)
    confirmation = queries.confirmation_for(person, public_id)
    if confirmation is None or confirmation.release.organization.portal_id != portal_of(request).pk:
        raise Http404
    if request.method == "POST":
        return _answered(request, person, confirmation)
    return _asked(request, confirmation)


def _owner(request: HttpRequest, public_id: str, link: str) -> Person | None:
    if request.user.is_authenticated and queries.confirmation_for(person_of(request), public_id) is not None:
        return person_of(request)
    return queries.person_of_link(link, public_id) if link else None


def _asked(request: HttpRequest, confirmation: Confirmation, *, status: int = 200, sentence: str = "") -> HttpResponse:
    release = confirmation.release
    seen, is_answered = text_digest(release), confirmation.answered_at is not None
    context = {
        "confirmation": confirmation, "release": release, "sheet": sheet_of(release, language_of(request)),
        "seen": seen, "is_open": release.state in EDITABLE, "sentence": sentence, "is_answered": is_answered,
        "is_stale": is_answered and confirmation.text_digest != seen, "wish": request.POST.get("wish", ""),
    }  # fmt: skip
    answer = render(request, "compose/confirm.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    # The address may hold the link from the mail; "no-referrer" would take the Origin of the form too.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _answered(request: HttpRequest, person: Person, confirmation: Confirmation) -> HttpResponse:
    is_confirmed, wish = "confirm" in request.POST, request.POST.get("wish", "")[:4000]
    if not is_confirmed and not wish.strip():
        return _asked(request, confirmation, status=400, sentence=_("Hãy viết điều cần sửa, hoặc bấm nút xác nhận."))
    seen = request.POST.get("seen", "")
    try:
        answer_confirmation(person, confirmation, is_confirmed=is_confirmed, seen=seen, wish=wish)
    except StaleRevision:
        sentence = _("Bản này vừa được sửa. Hãy đọc lại rồi trả lời.")
        return _asked(request, confirmation, status=409, sentence=sentence)
    except WrongState:
        return _asked(
            request, confirmation, status=409, sentence=_("Thông cáo đã được gửi đi; không trả lời được nữa.")
        )
    except Suspended:
        return _asked(request, confirmation, status=409, sentence=said_of_suspended())
    said = (
        _("Đã xác nhận. Ban biên tập sẽ đăng đúng bản này.")
        if is_confirmed
        else _("Đã gửi lời của bạn tới người viết.")
    )
    messages.success(request, said)
    return redirect(request.get_full_path())
