"""Signing up for the newsletter, or for one thing to follow, and the button that confirms it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loa.lib import dns
from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.portals.middleware import portal_of
from loa.subscribers import queries, rules
from loa.subscribers.actions.confirm import confirm as confirm_wishes
from loa.subscribers.actions.sign_up import sign_up as take_up
from loa.subscribers.errors import TokenInvalid, TooManySearches
from loa.subscribers.forms import SignUpForm
from loa.subscribers.models import Frequency
from loa.subscribers.queries import Named
from loa.subscribers.rules import Wish
from loa.subscribers.rules import forms as timing
from loa.subscribers.rules.addresses import domain_of
from loa.subscribers.rules.searches import MOST
from loa.subscribers.views.answers import page, refuse
from loa.topics import queries as topics
from loa.ui.language import language_of

HOUR = 3600
A_NETWORK, AN_ADDRESS, A_DOMAIN = 20, 5, 300  # sign-ups an hour
AN_ADDRESS_A_DAY = 10


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The page to sign up, for the portal's news or for one thing; every accepted form gets the same answer."""
    kind, value = _asked(request)
    about = queries.one_named(portal_of(request), kind, value, language_of(request)) if kind else None
    if kind and about is None:
        return refuse(request, 404, _("Không tìm thấy trang này nữa; hãy mở lại trang mà bạn muốn theo dõi."))
    if request.method != "POST":
        return _form(request, SignUpForm(), about)
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Biểu mẫu này phải được gửi từ chính trang đăng ký."))
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _form(request, form, about, 422)
    if refusal := hurry(request):
        status = 200 if refusal.isspace() else 422
        return _form(request, form, about, status, refusal=refusal.strip())
    if sentence := _too_many(request, form.cleaned_data["email"]):
        return refuse(request, 429, sentence)
    if sentence := takes_no_mail(form.cleaned_data["email"]):
        form.add_error("email", sentence)
        return _form(request, form, about, 422)
    if not form.cleaned_data["website"]:
        _take_up(request, form.cleaned_data["email"], about)
    return page(request, "sign_up_done", about=about, email=form.cleaned_data["email"])


def _asked(request: HttpRequest) -> tuple[str, str]:
    """What a page's own button asks for: the kind, and the slug or id."""
    said = request.POST if request.method == "POST" else request.GET
    return next(((kind, said[kind]) for kind in queries.FOUND_BY if said.get(kind)), ("", ""))


def hurry(request: HttpRequest) -> str:
    """Why the form is shown once more, if it is; a blank: it comes from a short form that had no room for choices."""
    shown = request.POST.get("shown", "")
    if not shown:
        return " "
    if timing.is_too_quick(shown):
        return _("Biểu mẫu được gửi nhanh hơn một người có thể đọc. Nếu là bạn, hãy bấm nút một lần nữa.")
    if timing.is_too_old(shown):
        return _("Trang này đã mở quá lâu. Hãy bấm nút một lần nữa.")
    return ""


def _too_many(request: HttpRequest, email: str) -> str:
    """Why no more are taken for now; an address typed too often is passed over in silence (`is_pestered`)."""
    if not take(f"sign_up:{address_of(request.META, settings.LOA_PROXIES)}", limit=A_NETWORK, seconds=HOUR):
        return _("Có quá nhiều lượt đăng ký từ mạng của bạn; hãy thử lại sau một giờ.")
    if not take(f"sign_up@{domain_of(email)}", limit=A_DOMAIN, seconds=HOUR):
        return _("Có quá nhiều lượt đăng ký với tên miền thư này; hãy thử lại sau một giờ, hoặc dùng địa chỉ khác.")
    return ""


def is_pestered(email: str) -> bool:
    """Say whether an address was typed so often that its owner is left in peace; whoever types it is not told."""
    is_new_now = take(f"sign_up:{email}", limit=AN_ADDRESS, seconds=HOUR)
    return not (take(f"sign_up_day:{email}", limit=AN_ADDRESS_A_DAY, seconds=24 * HOUR) and is_new_now)


def takes_no_mail(email: str) -> str:
    """Why nothing can be sent to an address, where the operator lets the name server be asked; nothing: it may be."""
    domain = domain_of(email)
    if not settings.LOA_MAIL_LOOKUP or dns.takes_mail(domain, dns.servers()) is not False:
        return ""
    return _("Không có hộp thư nào ở %(domain)s; hãy xem lại phần sau dấu @.") % {"domain": domain}


def _take_up(request: HttpRequest, email: str, about: Named | None) -> None:
    if is_pestered(email):
        return
    language = rules.language_of(request.POST.get("language", ""), language_of(request))
    frequency = rules.frequency_of(request.POST.get("frequency", ""))
    keys = [about.key] if about else _sections(request) or [rules.GENERAL]
    wishes = [Wish(key, frequency, language) for key in keys]
    kind, value = _asked(request)
    search = queries.by_search_token(value) if kind == rules.SEARCH else ""
    text = _consent(request, about)
    take_up(portal_of(request), email=email, language=language, wishes=wishes, text=text, search=search)


def _sections(request: HttpRequest) -> list[str]:
    """The sections that were ticked."""
    wanted = set(request.POST.getlist("sections"))
    return [f"{rules.SECTION}:{one.pk}" for one in topics.sections(portal_of(request)) if one.slug in wanted]


def _consent(request: HttpRequest, about: Named | None) -> str:
    is_search = about is not None and rules.kind_of(about.key) == rules.SEARCH
    return rules.consent_text(portal_of(request).name, [about.name] if about else [], is_search=is_search)


def _form(
    request: HttpRequest, form: SignUpForm, about: Named | None, status: int = 200, refusal: str = ""
) -> HttpResponse:
    posted, shown = request.POST, request.POST.get("shown", "")
    kind, value = _asked(request)
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "about": about,
        "kind": kind,
        "asked": value,
        "consent": _consent(request, about),
        "shown": timing.stamp() if timing.is_too_old(shown) else shown,
        "frequency": posted.get("frequency") or Frequency.DAILY,
        "language": posted.get("language") or language_of(request),
        "chosen": posted.getlist("sections"),
        "sections": [(one.slug, one.name(language_of(request))) for one in topics.sections(portal_of(request))],
    }
    answer = page(request, "sign_up", status, **context)
    if about:  # a page for each thing one may follow is nothing to find by searching
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str, kind: str = "confirm") -> HttpResponse:
    """A button, because mail scanners open links; pressing it confirms what the mail named, and nothing else."""
    read = queries.by_follow_token if kind == "follow" else queries.by_confirm_token
    try:
        subscriber, wishes = read(portal_of(request), token)
    except TokenInvalid:
        return refuse(request, 404, _("Liên kết này không đúng hoặc đã quá hạn; hãy đăng ký lại."))
    found = queries.named(subscriber.portal, [wish.key for wish in wishes], language_of(request))
    wishes = [wish for wish in wishes if wish.key in found]
    if not wishes:
        return refuse(request, 404, _("Điều bạn muốn theo dõi không còn trên cổng; hãy đăng ký lại."))
    names = [one.name for key, one in found.items() if key != rules.GENERAL]
    is_search = all(rules.kind_of(key) == rules.SEARCH for key in found)
    text = rules.consent_text(subscriber.portal.name, names, is_search=is_search)
    context: dict[str, Any] = {"email": subscriber.email, "lists": list(found.values()), "consent": text}
    if request.method != "POST":
        return page(request, "confirm", **context)
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Hãy bấm nút trên trang xác nhận."))
    mine = queries.link(subscriber, "preferences")
    try:
        confirm_wishes(subscriber, wishes, text=text)
    except TooManySearches:
        words = _(
            "Bạn đang theo dõi %(count)d tìm kiếm, là mức nhiều nhất. Hãy bỏ bớt một tìm kiếm, rồi mở lại liên kết này."
        )
        return refuse(request, 409, words % {"count": MOST}, preferences=mine)
    is_press = any(wish.key == rules.PRESS for wish in wishes)
    return page(request, "confirm_done", **context, preferences=mine, is_press=is_press)
