"""Public doors: the form to ask, and the button that says it was you. No GET changes anything, and no cookie is set."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loa.lib import dates
from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.portals.middleware import portal_of
from loa.privacy import queries, rules
from loa.privacy.actions.ask import ask
from loa.privacy.actions.confirm import confirm
from loa.privacy.forms import AskForm
from loa.privacy.models import DataRequest
from loa.ui.language import language_of

HOUR = 3600
A_NETWORK, AN_ADDRESS = 5, 3  # requests an hour


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_us(request: HttpRequest) -> HttpResponse:
    """The form; every accepted one is answered alike, whoever's the address is."""
    if request.method != "POST":
        return _form(request, AskForm())
    form = AskForm(request.POST)
    if not is_from_own_page(request.META, request.get_host()):
        form.add_error(None, _("Biểu mẫu này phải được gửi từ chính trang này."))
        return _form(request, form, status=403)
    if not form.is_valid():
        return _form(request, form, status=422)
    if not take(f"privacy:{address_of(request.META, settings.LOA_PROXIES)}", limit=A_NETWORK, seconds=HOUR):
        form.add_error(None, _("Có quá nhiều yêu cầu từ mạng của bạn; hãy thử lại sau một giờ."))
        return _form(request, form, status=429)
    words = form.cleaned_data
    is_trap = bool(words.pop("website"))
    is_new = take(f"privacy:{words['email'].lower()}", limit=AN_ADDRESS, seconds=HOUR)
    if is_new and not is_trap:
        ask(portal_of(request), language=language_of(request), **words)
    return _answer(request, "asked", {"email": words["email"], "days": rules.UNCONFIRMED.days})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_it(request: HttpRequest, token: str) -> HttpResponse:
    """What was asked, with the button; afterwards the dates."""
    found = queries.by_token(portal_of(request), token)
    if found is None:
        raise Http404
    is_refused = request.method == "POST" and not is_from_own_page(request.META, request.get_host())
    if request.method == "POST" and not is_refused:
        found = confirm(found)
    context = {"one": found, **_dates(found, language_of(request))}
    return _answer(request, "confirm", context, 403 if is_refused else 200)


def _dates(one: DataRequest, language: str) -> dict[str, str]:
    zone = one.portal.time_zone
    named = {"answer_by": one.answer_by, "act_by": one.act_by, "closed_at": one.closed_at}
    return {name: dates.moment_in_words(at, zone, language) if at else "" for name, at in named.items()}


def _form(request: HttpRequest, form: AskForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "working": rules.WORKING_DAYS_TO_ANSWER, "days": rules.DAYS_TO_ACT}
    return _answer(request, "ask", context, status)


def _answer(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, f"privacy/{name}.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"  # the address of a link is told to nobody
    if name != "ask":
        answer["X-Robots-Tag"] = "noindex"
    return answer
