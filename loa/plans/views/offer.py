"""Public doors: ask for an offer, and the way from the price page to an order."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from loa.accounts.views import person_of
from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.plans import queries
from loa.plans.actions.ask_for_offer import ask_for_offer
from loa.plans.forms import OfferForm
from loa.plans.rules import order_path
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

HOUR = 3600


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """A form without a cookie: it guards itself by where it was sent from. Every accepted one is answered alike."""
    if request.method != "POST":
        answer = _page(request, OfferForm())
        answer["Cache-Control"] = "public, max-age=60"
        return answer
    form = OfferForm(request.POST)
    if not is_from_own_page(request.META, request.get_host()):
        form.add_error(None, _("Biểu mẫu này phải được gửi từ chính trang hỏi giá."))
        return _page(request, form, status=403)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not take(f"plans.offer:{address_of(request.META, settings.LOA_PROXIES)}", limit=5, seconds=HOUR):
        form.add_error(None, _("Có quá nhiều lời hỏi từ mạng của bạn; hãy thử lại sau một giờ."))
        return _page(request, form, status=429)
    if not form.cleaned_data["website"]:
        language = language_of(request)
        ask_for_offer(portal_of(request), language=language, said=form.said())
    return _answer(request, "plans/offer_done.html", {})


def _page(request: HttpRequest, form: OfferForm, *, status: int = 200) -> HttpResponse:
    return _answer(request, "plans/offer.html", {"form": form}, status)


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """From a plan on the price page to its order, for the one organization, or for the one of several they name."""
    mine = list(organizations.of_person(person_of(request)).filter(portal=portal_of(request)))
    slug = request.GET.get("plan", "")
    if not mine:
        return redirect(f"{_prefix(request)}/desk/organizations/new")
    ways = [(one, _prefix(request) + _way(request, one, slug)) for one in mine]
    if len(ways) == 1:
        return redirect(ways[0][1])
    return render(request, "plans/choose.html", {"ways": ways})


def _way(request: HttpRequest, organization: Organization, slug: str) -> str:
    """To the order; where there is none, or for writers, who order nothing, to the page that says so."""
    plan = queries.buyable(organization, slug)
    is_buyer = organizations.is_owner(person_of(request), organization)
    return order_path(organization, plan) if plan and is_buyer else f"/desk/o/{organization.slug}/plan"


def _prefix(request: HttpRequest) -> str:
    return cast("str", request.prefix)  # type: ignore[attr-defined]  # set by LanguageFromPath
