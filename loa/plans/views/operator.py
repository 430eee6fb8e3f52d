"""The operator's pages about plans: rows of prices, how the price page looks, who asks for an offer."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.accounts.views import actor_of, for_operator, person_of
from loa.lib import clock
from loa.plans import queries
from loa.plans.actions.answer_offer import answer_offer
from loa.plans.actions.edit_plan import FIELDS, edit_plan
from loa.plans.actions.set_contact import set_contact
from loa.plans.forms import AnswerForm, ContactForm, NewPlanForm, PlanForm
from loa.plans.models import OfferRequest, Plan
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.ui.language import language_of


def start_of(day: date | None, portal: Portal) -> datetime | None:
    """The first moment of a day in the portal's zone, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(portal.time_zone)).astimezone(UTC) if day else None


def said_by(last: Plan, portal: Portal) -> dict[str, Any]:
    """What a row says, for its form; the day too where it is still to come, so that saving again keeps it."""
    said = {name: getattr(last, name) for name in FIELDS}
    if last.valid_from > clock.now():
        said["valid_from"] = last.valid_from.astimezone(ZoneInfo(portal.time_zone)).date()
    return said


@for_operator
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan, and who is written to by people who want another."""
    portal = portal_of(request)
    form = ContactForm(request.POST or None, initial={"email": portal.contact_email})
    if form.is_bound and form.is_valid():
        set_contact(actor_of(request), portal=portal, email=form.cleaned_data["email"])
        messages.success(request, _("Đã lưu."))
        return redirect("plans:operator")
    context = {
        "plans": queries.last_rows(portal.pk), "form": form, "zone": portal.time_zone,
        "waiting": queries.open_requests(portal.pk).count(),
    }  # fmt: skip
    return render(request, "plans/operator.html", context, status=400 if form.is_bound else 200)


@for_operator
def new_plan(request: HttpRequest) -> HttpResponse:
    """A plan that was not there before."""
    form = NewPlanForm(request.POST or None)
    if form.is_valid():
        slug = form.cleaned_data["slug"]
        if queries.last_row(portal_of(request).pk, slug) is None:
            return _edited(request, slug, form)
        form.add_error("slug", _("Đã có gói mang tên này; hãy sửa gói đó hoặc chọn tên khác."))
    return _plan_page(request, form, None)


@for_operator
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A new dated row of a plan, and the rows before it."""
    last = queries.last_row(portal_of(request).pk, slug)
    if last is None:
        raise Http404
    form = PlanForm(request.POST or None, initial=said_by(last, portal_of(request)))
    if form.is_valid():
        return _edited(request, slug, form, last)
    return _plan_page(request, form, last)


def _edited(request: HttpRequest, slug: str, form: PlanForm, last: Plan | None = None) -> HttpResponse:
    portal, fields = portal_of(request), form.cleaned_data
    edit_plan(
        actor_of(request), portal=portal, slug=slug, fields=fields,
        organization=last.organization if last else None, valid_from=start_of(fields["valid_from"], portal),
    )  # fmt: skip
    messages.success(request, _("Đã lưu."))
    return redirect("plans:operator")


def _plan_page(request: HttpRequest, form: PlanForm, last: Plan | None) -> HttpResponse:
    before = queries.rows_before(last) if last else []
    context = {"form": form, "plan": last, "before": before, "zone": portal_of(request).time_zone}
    return render(request, "plans/plan.html", context, status=400 if form.is_bound else 200)


@for_operator
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The price page as it is, or as it will be on a day."""
    portal = portal_of(request)
    day = parse_day(request.GET.get("on", ""))
    language = language_of(request)
    prices = queries.price_list(portal.pk, language, start_of(day, portal))
    return render(request, "plans/preview.html", {"prices": prices, "day": day})


def parse_day(written: str) -> date | None:
    """A day as forms send it, or None."""
    try:
        return parse_date(written)
    except ValueError:
        return None


@for_operator
def offers(request: HttpRequest) -> HttpResponse:
    """Who asked, oldest first, with a form to note the answer; and those that were answered."""
    portal = portal_of(request)
    context: dict[str, Any] = {
        "waiting": queries.open_requests(portal.pk), "answered": queries.answered_requests(portal.pk),
        "zone": portal.time_zone, "form": AnswerForm(),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "plans/offers.html", context)
    asked = OfferRequest.objects.filter(portal=portal, public_id=request.POST.get("request", "")).first()
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "plans/offers.html", {**context, "form": form, "tried": asked.public_id}, status=400)
    answer_offer(person_of(request), asked, answer=form.cleaned_data["answer"])
    messages.success(request, _("Đã lưu."))
    return redirect("plans:offers")
