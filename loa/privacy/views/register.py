"""The operator's register: what waits with its clocks, and one request with what was done about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from loa.accounts.models import Person
from loa.accounts.views import for_operator, person_of
from loa.lib import clock
from loa.portals.middleware import portal_of
from loa.privacy import queries, rules
from loa.privacy.actions.answer import answer
from loa.privacy.actions.close import close
from loa.privacy.actions.extend import extend
from loa.privacy.actions.note import note
from loa.privacy.errors import Closed, ExtendedBefore, NotLater
from loa.privacy.forms import AnswerForm, CloseForm, ExtendForm, NoteForm
from loa.privacy.models import DataRequest

SHOWN = 100
MORE = rules.MOST_DAYS_MORE

ACTS: dict[str, tuple[type[forms.Form], Callable[..., None]]] = {
    "answer": (AnswerForm, answer), "note": (NoteForm, note), "extend": (ExtendForm, extend),
    "close": (CloseForm, close),
}  # fmt: skip


@for_operator
@require_safe
@cache_control(private=True, no_store=True)
def register(request: HttpRequest) -> HttpResponse:
    """What is open, due first standing first; below it what came to its end."""
    portal, now = portal_of(request), clock.now()
    context = {
        "waiting": [_shown(one, now) for one in queries.waiting(portal)[:SHOWN]],
        "closed": queries.closed(portal)[:SHOWN], "zone": portal.time_zone,
    }  # fmt: skip
    return render(request, "privacy/desk/register.html", context)


@for_operator
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was asked and done; an answer, a note or the end is written here."""
    found = queries.in_register(portal_of(request), public_id)
    if found is None:
        raise Http404
    papers = {name: form(prefix=name) for name, (form, _act) in ACTS.items()}
    name = request.POST.get("act", "")
    if name in ACTS:
        form, act = ACTS[name]
        papers[name] = form(request.POST, prefix=name)
        if papers[name].is_valid() and _do(request, act, found, papers[name]):
            messages.success(request, _("Đã ghi.") if name == "note" else _("Đã ghi và gửi thư cho người hỏi."))
            return redirect("privacy:one", public_id)
    steps = found.steps.select_related("person").order_by("at", "pk")
    context = {**papers, **_shown(found, clock.now()), "steps": steps, "zone": found.portal.time_zone}
    return render(request, "privacy/desk/one.html", context, status=400 if name else 200)


def _do(request: HttpRequest, act: Callable[..., None], found: DataRequest, form: forms.Form) -> bool:
    """Say whether it was done; where not, the form says why."""
    person: Person = person_of(request)
    try:
        act(person, found, **form.cleaned_data)
    except Closed:
        form.add_error(None, _("Yêu cầu này vừa được kết thúc; thư chưa đi. Hãy tải lại trang."))
    except ExtendedBefore:
        form.add_error(None, _("Hạn này đã lùi một lần rồi; luật không cho lùi thêm."))
    except NotLater:
        form.add_error("until", _("Hãy chọn ngày sau hạn đang có, nhiều nhất %(days)d ngày.") % {"days": MORE})
    return not form.errors


def _shown(found: DataRequest, now: datetime) -> dict[str, Any]:
    return {
        "one": found, "is_answer_late": rules.is_answer_late(found, now), "is_act_late": rules.is_act_late(found, now),
    }  # fmt: skip
