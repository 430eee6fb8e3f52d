"""Asking once more who it is, before something that the whole world sees or that opens doors.

A session alone is a thing that can be stolen. Whoever signed in, or proved who they are, within five minutes goes on;
others meet a page that asks for a passkey, the code of their app, or their password, and carries along what was typed.
"""

import time
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.accounts import queries
from loa.accounts.errors import CoolingDown
from loa.accounts.forms.factors import StepUpForm
from loa.accounts.models import Person
from loa.accounts.rules import STEP_UP
from loa.accounts.views import View, person_of
from loa.lib.dates import moment_in_words
from loa.limits.actions.take import take

OURS = ("csrfmiddlewaretoken", "step_up", "step_up_password", "step_up_code", "step_up_passkey")
LONG = 30  # characters; what is shorter was chosen and not written
TRIES = 10  # in five minutes, for one person, right or wrong


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session proved within five minutes who it is; a link in a mail proves nothing here."""
    records = get_authentication_records(request, person_of(request))
    proofs = [float(record["at"]) for record in records if record.get("method") in {"password", "mfa"}]
    return bool(proofs) and 0 <= time.time() - max(proofs) < STEP_UP.total_seconds()


def steps_up(view: View) -> View:
    """Guards a door's POST; what was sent waits as hidden fields on the page that asks, and goes on from there.

    It also says until when an account waits that was recovered, with what was typed beside it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_open = request.method != "POST" or not request.user.is_authenticated or is_fresh(request)
        try:
            return (None if is_open else asked(request)) or view(request, *args, **kwargs)
        except CoolingDown as wait:
            return _waiting(request, wait)

    return guarded


def steps_up_first(view: View) -> View:
    """Guards a whole page: nothing of it is shown before, and whoever proved themselves is led to it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated or is_fresh(request):
            return view(request, *args, **kwargs)
        answer = asked(request)
        if answer is not None:
            return answer
        return (
            HttpResponseRedirect(request.get_full_path())
            if not _others(request.POST)
            else view(request, *args, **kwargs)
        )

    return guarded


def asked(request: HttpRequest, typed: QueryDict | None = None) -> HttpResponse | None:
    """The page that asks; None once it is answered, which this session then remembers.

    `typed` is what goes on instead of what was sent: a door that takes files keeps them first, and names them there.
    """
    person = person_of(request)
    is_answer = request.method == "POST" and "step_up" in request.POST
    form = StepUpForm(request.POST if is_answer else None, person=person, ways=queries.ways(person))
    if is_answer:
        if not take(f"accounts.step_up:{person.pk}", limit=TRIES, seconds=300):
            form.refuse()
        elif form.is_valid():
            _remember(request, person, form.proof)
            return None
    return _page(request, person, form, typed or request.POST)


def _page(request: HttpRequest, person: Person, form: StepUpForm, typed: QueryDict) -> HttpResponse:
    options = webauthn.begin_authentication(person) if "passkey" in form.ways else None
    context = {"form": form, "person": person, "options": options, "typed": _others(typed)}
    answer = render(request, "accounts/step_up.html", context, status=403 if request.method == "POST" else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


def said_of_waiting(request: HttpRequest, wait: CoolingDown) -> str:
    """Until when, on the portal's clocks, and why."""
    portal = request.portal  # type: ignore[attr-defined]  # set by PortalByHost
    return _(
        "Tài khoản của bạn vừa được khôi phục, nên tới %(until)s mới đăng, sửa hay rút được. Việc này để kẻ chiếm tài "
        "khoản không kịp đăng tin; chủ tổ chức đã được báo. Nếu gấp, hãy liên hệ ban biên tập."
    ) % {"until": moment_in_words(wait.until, portal.time_zone, get_language() or "vi")}


def _waiting(request: HttpRequest, wait: CoolingDown) -> HttpResponse:
    typed = [value for _name, value in _others(request.POST) if len(value) > LONG]
    context = {"sentence": said_of_waiting(request, wait), "typed": typed}
    return render(request, "accounts/waiting.html", context, status=409)


def _remember(request: HttpRequest, person: Person, proof: Authenticator | None) -> None:
    if proof is None:
        record_authentication(request, person, method="password", reauthenticated=True)
    else:
        post_authentication(request, proof, reauthenticated=True)


def _others(typed: QueryDict) -> list[tuple[str, str]]:
    """What was sent, field by field in its order, but for what is asked here."""
    return [(name, value) for name, values in typed.lists() if name not in OURS for value in values]
