"""Doors of pre-flight: what is found while a draft is typed, one click that changes it, and why it stays as it is."""

import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from loa.accounts.views import person_of
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.compose.views.sheet import Sheet
from loa.limits.actions.take import take
from loa.releases.actions.answer_finding import answer_finding
from loa.releases.actions.mend import mend
from loa.releases.actions.save import TEXTS, cleaned, fill
from loa.releases.errors import StaleRevision, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.preflight.release import look_over
from loa.releases.rules import reasons_not_to_submit
from loa.releases.states import EDITABLE

AN_HOUR = 2400  # looks a person's pages take: one every second and a half


@for_writers
@require_POST
@cache_control(private=True, no_store=True)
def look(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is found in the text as it is typed; nothing is saved."""
    release = release_or_404(request, public_id)
    if not take(f"compose.preflight:{person_of(request).pk}", limit=AN_HOUR, seconds=3600):
        return HttpResponse(status=429)
    typed = as_typed(Sheet(request, release))
    context = {"release": release, "found": look_over(typed), "reasons": reasons_not_to_submit(typed), "is_form": True}
    return render(request, "compose/_preflight.html", context)


def as_typed(sheet: Sheet) -> Release:
    """The release as the page has it now; what cannot be read is as it was saved. Never for saving."""
    typed = copy.copy(sheet.release)
    fields: dict[str, Any] = {name: sheet.text.data.get(name, "") for name in (*TEXTS, "body_html")}
    if sheet.text.is_valid():
        fields = {name: value for name, value in sheet.text.typed().items() if name != "topics"}
    for part in sheet.parts:
        fields |= part.fields() if part.is_valid() else {}
    rows = [row for row in sheet.pictures.rows if row.form.is_valid() and not row.form.cleaned_data["is_removed"]]
    fields["pictures"] = [
        {**row.picture, **{name: row.form.cleaned_data[name] for name in ("alt", "caption", "credit")}} for row in rows
    ]
    fill(typed, cleaned(fields))
    return typed


def settle(request: HttpRequest, release: Release) -> HttpResponse:
    """The button beside a finding, after the page was saved."""
    _settle(request, release_or_404(request, release.public_id))
    return redirect(f"{request.path}#preflight")


def _settle(request: HttpRequest, release: Release) -> None:
    keys = reasons_typed(request) or ([request.POST["answer"]] if "answer" in request.POST else [])
    for key in keys:
        _answer(request, release, key)
    if fix := request.POST.get("fix"):
        _mend(request, release, fix)


def reasons_typed(request: HttpRequest) -> list[str]:
    """The findings beside which something was written, whichever button was pressed then."""
    return [name.removeprefix("reason-") for name, said in request.POST.items() if name.startswith("reason-") and said]


def _mend(request: HttpRequest, release: Release, key: str) -> None:
    try:
        is_done = mend(release, key=key, person=person_of(request))
    except (StaleRevision, WrongState):
        messages.error(request, _("Có người vừa lưu hay gửi bản này. Hãy xem lại rồi bấm lần nữa."))
    except Suspended:
        messages.error(request, said_of_suspended())
    else:
        messages.success(request, _("Đã sửa.") if is_done else _("Chỗ này đã được sửa rồi."))


def _answer(request: HttpRequest, release: Release, key: str) -> None:
    reason = request.POST.get(f"reason-{key}", "").strip()
    if not reason:
        messages.error(request, _("Hãy viết vì sao để nguyên; biên tập viên đọc câu này."))
        return
    try:
        is_done = answer_finding(person_of(request), release, key=key, reason=reason)
    except WrongState:
        messages.error(request, _("Thông cáo này vừa được gửi đi nên không sửa được nữa."))
    except Suspended:
        messages.error(request, said_of_suspended())
    else:
        messages.success(request, _("Đã ghi lời của bạn.") if is_done else _("Chỗ này đã được sửa rồi."))


@for_writers
@require_POST
def answer_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the page of submitting: a change, or a reason."""
    release = release_or_404(request, public_id)
    if release.state not in EDITABLE:
        return redirect("compose:edit", public_id)
    _settle(request, release)
    return redirect("compose:submit", public_id)
