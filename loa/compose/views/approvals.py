"""Doors of approvals: ask for them, see who has approved which text, and answer as a member or by a link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.models import Person
from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.forms.approvals import AskForm
from loa.compose.views.found import release_or_404
from loa.compose.views.guests import gone, sent_privately, shown_to_guest
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.limits.actions.take import take
from loa.organizations import queries as organizations
from loa.portals.middleware import portal_of
from loa.releases import queries
from loa.releases.actions.answer_approval import answer_approval, approve_text
from loa.releases.actions.ask_approval import ask_approval, drop_approval
from loa.releases.actions.publish import sheet_of
from loa.releases.errors import NotAnApprover, StaleRevision, Suspended, TooMany, WrongState
from loa.releases.models import Approval, Release
from loa.releases.rules import approvals_of, standing, text_digest
from loa.releases.states import EDITABLE
from loa.ui.language import language_of


@for_writers
@steps_up
def approvals(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was asked and what they said, a form to ask one more, and a button for who may approve by themselves."""
    release, person = release_or_404(request, public_id), person_of(request)
    approvers = organizations.approvers(release.organization).exclude(pk=person.pk)
    form = AskForm(request.POST if "ask" in request.POST else None, approvers=approvers)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        _change(request, release, form)
        return redirect("compose:approvals", public_id)
    context = {
        "release": release, "organization": release.organization, "form": form, "is_open": release.state in EDITABLE,
        "rows": approvals_of(release), "seen": text_digest(release),
        "may_approve": organizations.may_approve(person, release.organization)
        and person.pk not in queries.writers(release),
    }  # fmt: skip
    return render(request, "compose/approvals.html", context, status=400 if form.is_bound else 200)


def _change(request: HttpRequest, release: Release, form: AskForm) -> None:
    person = person_of(request)
    try:
        if public_id := request.POST.get("drop", ""):
            drop_approval(person, release, public_id)
            messages.success(request, _("Đã bỏ tên."))
        elif "approve" in request.POST:
            approve_text(person, release, seen=request.POST.get("seen", ""))
            messages.success(request, _("Đã duyệt bản này."))
        elif not take(f"compose.approval:{person.pk}", limit=50, seconds=86_400):
            messages.error(request, _("Bạn đã hỏi nhiều người hôm nay. Ngày mai hãy hỏi tiếp."))
        else:
            asked = ask_approval(person, release, **_asked(request, release, form))
            messages.success(request, _("Đã gửi thư nhờ %(name)s duyệt.") % {"name": asked.name})
    except StaleRevision:
        messages.error(request, _("Bản này vừa được sửa. Hãy đọc lại rồi duyệt."))
    except NotAnApprover:
        messages.error(request, _("Người viết bản này, hay người không có quyền duyệt, không duyệt được."))
    except TooMany:
        messages.error(request, _("Một thông cáo nhờ được tối đa 20 người duyệt."))
    except Suspended:
        messages.error(request, said_of_suspended())
    except WrongState:
        messages.error(request, _("Thông cáo đã được gửi đi nên không đổi người duyệt được nữa."))


def _asked(request: HttpRequest, release: Release, form: AskForm) -> dict[str, Any]:
    """Whom the form names, or whom the button beside a row asks again."""
    if public_id := request.POST.get("again", ""):
        row = queries.approvals(release).filter(public_id=public_id).first()
        if row is None:
            raise NotAnApprover
        return {"member": row.person} if row.person else {"name": row.name, "email": row.email}
    typed = form.cleaned_data if form.is_bound else {}
    member: Person | None = typed.get("member")
    return {"member": member} if member else {"name": typed.get("name", ""), "email": typed.get("email", "")}


@for_writers
@steps_up
def approval(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text for a member who was asked; opening it changes nothing."""
    row = queries.approval_for(person_of(request), public_id)
    if row is None or row.release.organization.portal_id != portal_of(request).pk:
        raise Http404
    return sent_privately(_answered(request, row) if request.method == "POST" else _page(request, row))


def guest_approval(request: HttpRequest) -> HttpResponse:
    """The same by a mailed link, for who has no account; logs keep paths, so the token is not in it."""
    row = queries.approval_of_link(request.GET.get("link", ""))
    if row is None or row.release.organization.portal_id != portal_of(request).pk:
        return gone(request)
    answer = _answered(request, row) if request.method == "POST" else _page(request, row)
    return shown_to_guest(answer, row.token_digest)


def _page(request: HttpRequest, row: Approval, *, status: int = 200, sentence: str = "") -> HttpResponse:
    release = row.release
    context = {
        "approval": row, "release": release, "sheet": sheet_of(release, language_of(request)), "sentence": sentence,
        "seen": text_digest(release), "is_open": release.state in EDITABLE, "standing": standing(row, release),
        "wish": request.POST.get("wish", ""),
    }  # fmt: skip
    return render(request, "compose/approval.html", context, status=status)


def _answered(request: HttpRequest, row: Approval) -> HttpResponse:
    is_approved, wish = "approve" in request.POST, request.POST.get("wish", "")[:4000]
    if not is_approved and not wish.strip():
        return _page(request, row, status=400, sentence=_("Hãy viết điều cần sửa, hoặc bấm nút duyệt."))
    if not take(f"compose.answer:{row.pk}", limit=50, seconds=86_400):
        return _page(
            request, row, status=429, sentence=_("Bạn đã trả lời nhiều lần hôm nay. Ngày mai hãy trả lời tiếp.")
        )
    try:
        answer_approval(row, is_approved=is_approved, seen=request.POST.get("seen", ""), wish=wish)
    except StaleRevision:
        return _page(request, row, status=409, sentence=_("Bản này vừa được sửa. Hãy đọc lại rồi trả lời."))
    except WrongState:
        sentence = _("Thông cáo đã được gửi đi; không trả lời được nữa.")
        return _page(request, row, status=409, sentence=sentence)
    except NotAnApprover:
        return _page(request, row, status=409, sentence=_("Bạn không duyệt được bản này; có thể chính bạn đã sửa nó."))
    except Suspended:
        return _page(request, row, status=409, sentence=said_of_suspended())
    messages.success(request, _("Đã duyệt bản này.") if is_approved else _("Đã gửi lời của bạn tới người viết."))
    return redirect(request.get_full_path())
