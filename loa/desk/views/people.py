"""The operator's door to one account: the wait after a recovery, and a second step its owner lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from loa.accounts import queries
from loa.accounts.actions.lift import lift
from loa.accounts.actions.remove_factors import remove_factors
from loa.accounts.models import Person
from loa.accounts.views import for_operator, person_of
from loa.accounts.views.step_up import steps_up
from loa.lib.dates import moment_in_words
from loa.portals.middleware import portal_of


@for_operator
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@steps_up
def accounts(request: HttpRequest) -> HttpResponse:
    """Found by address; what is done there is recorded, and its owner hears of it."""
    email = (request.POST.get("email") or request.GET.get("email", "")).strip().lower()
    person = Person.objects.filter(email=email).first() if email else None
    operator = person_of(request)
    if request.method == "POST" and person is not None:
        if "factors" in request.POST:
            done, said = remove_factors(operator, person, portal=portal_of(request)), _("Đã bỏ bước thứ hai.")
        else:
            done, said = lift(operator, person), _("Đã bỏ thời gian chờ.")
        messages.success(request, said if done else _("Không có gì để bỏ."))
        return redirect(f"{request.path}?email={email}")
    until = queries.waits_until(queries.actor(person)) if person else None
    zone, language = portal_of(request).time_zone, get_language() or "vi"
    context = {
        "email": email, "person": person, "has_factors": person is not None and queries.ways(person) != {"password"},
        "until": moment_in_words(until, zone, language) if until else "",
    }  # fmt: skip
    return render(request, "desk/accounts.html", context, status=404 if email and person is None else 200)
