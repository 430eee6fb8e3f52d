"""Doors of taking one's own data along, and of having an account forgotten."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from loa.accounts.errors import LastOperator
from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.queries.person import everything_of
from loa.limits.actions.take import take
from loa.organizations.actions.forget_person import forget_person
from loa.organizations.errors import LastOwner
from loa.organizations.queries import owned_alone
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

A_DAY = 20


@login_required
@require_POST
@steps_up
@cache_control(private=True, no_store=True)
def take_along(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of this person, as one JSON file."""
    person = person_of(request)
    if not take(f"compose.take_along:{person.pk}", limit=A_DAY, seconds=86_400):
        return render(request, "429.html", status=429)
    answer = JsonResponse(everything_of(person), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="account.json"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
@cache_control(private=True, no_store=True)
def forget(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, in plain words, and a button; a box says that one is sure."""
    person, why = person_of(request), ""
    if request.method == "POST" and "sure" not in request.POST:
        why = _("Hãy đánh dấu rằng bạn chắc chắn, rồi bấm lại.")
    elif request.method == "POST":
        try:
            forget_person(person, portal=portal_of(request), language=language_of(request))
        except LastOwner:
            why = _("Chưa xóa được: còn tổ chức mà chỉ mình bạn là chủ. Hãy giao lại hoặc đóng trước.")
        except LastOperator:
            why = _("Chưa xóa được: bạn là người điều hành duy nhất của cổng. Hãy giao việc cho người khác trước.")
        else:
            logout(request)
            return redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)
    # An account is everybody's: its organizations may be another portal's, and are seen to there.
    language, alone = language_of(request), owned_alone(person).select_related("portal")
    links = [one.portal.link(f"/desk/o/{one.slug}/members", language) for one in alone]
    context = {"alone": list(zip(links, alone, strict=True)), "why": why}
    return render(request, "compose/forget.html", context, status=409 if why else 200)
