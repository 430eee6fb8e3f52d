"""Pages to sign up, confirm, choose and leave; they work without a cookie, and no GET changes anything."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.subscribers import queries
from loa.subscribers.actions.change import change as change_preferences
from loa.subscribers.actions.confirm import confirm as confirm_subscriber
from loa.subscribers.actions.leave import leave as leave_newsletter
from loa.subscribers.actions.sign_up import sign_up as take_up
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.forms import SignUpForm
from loa.subscribers.models import Frequency, Subscriber
from loa.topics import queries as topics

HOUR = 3600


def consent_text(name: str) -> str:
    """What a reader agrees to, as the form shows it."""
    return _("Tôi muốn nhận bản tin của %(name)s qua thư điện tử và có thể rời đi bất cứ lúc nào.") % {"name": name}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The page to sign up; every accepted form gets the same answer, whoever's address it holds."""
    if request.method != "POST":
        response = _page(request, "sign_up", form=SignUpForm())
        response.headers["Cache-Control"] = "public, max-age=60"
        return response
    if not is_from_own_page(request.META, request.get_host()):
        return _refuse(request, 403, _("Biểu mẫu này phải được gửi từ chính trang đăng ký."))
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _page(request, "sign_up", 422, form=form)
    address = address_of(request.META, settings.LOA_PROXIES)
    if not take(f"sign_up:{address}", limit=20, seconds=HOUR):
        return _refuse(request, 429, _("Có quá nhiều lượt đăng ký từ mạng của bạn; hãy thử lại sau một giờ."))
    email = form.cleaned_data["email"]
    if not form.cleaned_data["website"] and take(f"sign_up:{email.lower()}", limit=5, seconds=HOUR):
        take_up(
            request.portal,  # type: ignore[attr-defined]  # set by PortalByHost
            email=email,
            language=request.language,  # type: ignore[attr-defined]  # set by LanguageFromPath
            frequency=request.POST.get("frequency", ""),
            sections=request.POST.getlist("sections"),
            text=consent_text(request.portal.name),  # type: ignore[attr-defined]
        )
    return _page(request, "sign_up_done")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail scanners open links; pressing it confirms."""
    subscriber = _subscriber(request, token, "confirm")
    if subscriber is None:
        return _refuse(request, 404, _("Liên kết này không đúng hoặc đã quá hạn; hãy đăng ký lại."))
    if request.method != "POST":
        return _page(request, "confirm", email=subscriber.email)
    if not is_from_own_page(request.META, request.get_host()):
        return _refuse(request, 403, _("Hãy bấm nút trên trang xác nhận."))
    confirm_subscriber(subscriber, text=consent_text(subscriber.portal.name))
    return _page(request, "confirm_done", preferences=queries.link(subscriber, "preferences"))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What to hear about, and how often."""
    subscriber = _subscriber(request, token, "preferences")
    if subscriber is None:
        return _refuse(request, 404, _("Liên kết này không đúng; hãy mở liên kết trong thư gần nhất."))
    if request.method == "POST":
        if not is_from_own_page(request.META, request.get_host()):
            return _refuse(request, 403, _("Hãy gửi biểu mẫu từ chính trang này."))
        change_preferences(
            subscriber, frequency=request.POST.get("frequency", ""), sections=request.POST.getlist("sections")
        )
    return _page(
        request,
        "preferences",
        subscriber=subscriber,
        chosen=subscriber.sections,
        frequency=subscriber.frequency,
        is_saved=request.method == "POST",
        leave=queries.link(subscriber, "leave"),
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button to leave; mail programs post here themselves (RFC 8058), so no page of ours is asked for."""
    subscriber = _subscriber(request, token, "leave")
    if subscriber is None:
        return _refuse(request, 404, _("Liên kết này không đúng; hãy mở liên kết trong thư gần nhất."))
    if request.method != "POST":
        return _page(request, "leave", email=subscriber.email)
    leave_newsletter(subscriber)
    return _page(request, "leave_done")


def _subscriber(request: HttpRequest, token: str, purpose: str) -> Subscriber | None:
    try:
        return queries.by_token(request.portal, token, purpose)  # type: ignore[attr-defined]
    except TokenInvalid:
        return None


def _refuse(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return _page(request, "refused", status, sentence=sentence)


def _page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    portal, language = request.portal, request.language  # type: ignore[attr-defined]
    context.setdefault("frequency", Frequency.DAILY)
    context["frequencies"] = [
        (Frequency.DAILY, _("Mỗi ngày, 7 giờ sáng")),
        (Frequency.WEEKLY, _("Mỗi tuần, sáng thứ Hai")),
        (Frequency.AT_ONCE, _("Ngay khi có tin")),
    ]
    context["sections"] = [(section.slug, section.name(language)) for section in topics.sections(portal)]
    context["consent"] = consent_text(portal.name)
    response = render(request, f"subscribers/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    if name != "sign_up":
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
    return response
