"""What the portal holds about a reader: handed over, and erased."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loa.limits.rules import is_from_own_page
from loa.portals.middleware import portal_of
from loa.subscribers import queries
from loa.subscribers.actions.erase import erase as erase_subscriber
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import Subscriber
from loa.subscribers.views.answers import page, refuse, unknown_link


def _reader(request: HttpRequest, token: str, purpose: str) -> Subscriber | None:
    try:
        return queries.by_token(portal_of(request), token, purpose)
    except TokenInvalid:
        return None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, token: str) -> HttpResponse:
    """A button; pressing it hands over everything about this address as a JSON file."""
    subscriber = _reader(request, token, "data")
    if subscriber is None:
        return unknown_link(request)
    if request.method != "POST":
        return page(request, "data", email=subscriber.email)
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Hãy gửi biểu mẫu từ chính trang này."))
    answer = JsonResponse(queries.everything_about(subscriber), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = 'attachment; filename="subscriber.json"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """A button; pressing it erases everything about this address."""
    subscriber = _reader(request, token, "erase")
    if subscriber is None:
        return unknown_link(request)
    if request.method != "POST":
        return page(request, "erase", email=subscriber.email)
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Hãy gửi biểu mẫu từ chính trang này."))
    erase_subscriber(subscriber)
    return page(request, "erase_done")
