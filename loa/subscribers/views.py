"""Pages to sign up, follow, confirm, choose and leave; they work without a cookie, and no GET changes anything."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.subscribers import queries
from loa.subscribers.actions.ask_to_follow import ask_to_follow
from loa.subscribers.actions.change import change as change_preferences
from loa.subscribers.actions.confirm import confirm as confirm_subscriber
from loa.subscribers.actions.follow import follow as follow_organization
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


def follow_text(name: str, followed: str) -> str:
    """What a reader agrees to who follows an organization."""
    words = _("Tôi muốn nhận tin của %(followed)s qua thư của %(name)s và có thể rời đi bất cứ lúc nào.")
    return words % {"name": name, "followed": followed}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The page to sign up, or to follow one organization; every accepted form gets the same answer, whoever asks."""
    slug = (request.POST if request.method == "POST" else request.GET).get("organization", "")
    found = organizations.by_slug(request.portal.pk, slug) if slug else None  # type: ignore[attr-defined]
    if slug and found is None:
        return _refuse(request, 404, _("Không tìm thấy tổ chức này; hãy mở lại trang của tổ chức."))
    about: dict[str, Any] = {"organization": found, "consent": follow_text(_name(request), found.name)} if found else {}
    if request.method != "POST":
        response = _page(request, "sign_up", form=SignUpForm(), **about)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response
    if not is_from_own_page(request.META, request.get_host()):
        return _refuse(request, 403, _("Biểu mẫu này phải được gửi từ chính trang đăng ký."))
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _page(request, "sign_up", 422, form=form, **about)
    address = address_of(request.META, settings.LOA_PROXIES)
    if not take(f"sign_up:{address}", limit=20, seconds=HOUR):
        return _refuse(request, 429, _("Có quá nhiều lượt đăng ký từ mạng của bạn; hãy thử lại sau một giờ."))
    email = form.cleaned_data["email"]
    if not form.cleaned_data["website"] and take(f"sign_up:{email.lower()}", limit=5, seconds=HOUR):
        _take_up(request, email, found)
    return _page(request, "sign_up_done", organization=found)


def _take_up(request: HttpRequest, email: str, followed: Organization | None) -> None:
    asked = {
        "email": email,
        "language": request.language,  # type: ignore[attr-defined]  # set by LanguageFromPath
        "frequency": request.POST.get("frequency", ""),
    }
    name = _name(request)
    if followed is not None:
        ask_to_follow(followed, text=follow_text(name, followed.name), **asked)
        return
    portal = request.portal  # type: ignore[attr-defined]  # set by PortalByHost
    take_up(portal, sections=request.POST.getlist("sections"), text=consent_text(name), **asked)


def _name(request: HttpRequest) -> str:
    return str(request.portal.name)  # type: ignore[attr-defined]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """A button; pressing it follows the organization that the mail named."""
    try:
        subscriber, organization = queries.by_follow_token(request.portal, token)  # type: ignore[attr-defined]
    except TokenInvalid:
        return _refuse(request, 404, _("Liên kết này không đúng hoặc đã quá hạn; hãy đăng ký lại."))
    text = follow_text(subscriber.portal.name, organization.name)
    if request.method != "POST":
        return _page(request, "follow", email=subscriber.email, organization=organization, consent=text)
    if not is_from_own_page(request.META, request.get_host()):
        return _refuse(request, 403, _("Hãy bấm nút trên trang xác nhận."))
    follow_organization(subscriber, organization, text=text)
    preferences = queries.link(subscriber, "preferences")
    return _page(request, "follow_done", organization=organization, preferences=preferences)


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
            subscriber,
            frequency=request.POST.get("frequency", ""),
            sections=request.POST.getlist("sections"),
            is_general="is_general" in request.POST,
            following=request.POST.getlist("following"),
        )
    followed = queries.followed(subscriber)
    return _page(
        request,
        "preferences",
        subscriber=subscriber,
        chosen=subscriber.sections,
        followed=followed,
        is_silent=not (subscriber.is_general or followed),
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
    context.setdefault("consent", consent_text(portal.name))
    response = render(request, f"subscribers/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    if name != "sign_up":
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
    return response
