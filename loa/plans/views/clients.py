"""The operator's pages about what organizations have: their terms, credits, and terms by contract."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.accounts.views import actor_of, for_operator
from loa.accounts.views.step_up import steps_up
from loa.lib.slugs import slugify
from loa.organizations.actions.set_agency import set_agency
from loa.organizations.models import Organization
from loa.plans import queries
from loa.plans.actions.add_credits import add_credits
from loa.plans.actions.edit_plan import edit_plan
from loa.plans.actions.grant import grant
from loa.plans.forms import CreditsForm, GrantForm, PlanForm
from loa.plans.models import Credit
from loa.plans.views.operator import said_by, start_of
from loa.portals.middleware import portal_of

FOUND, SHOWN = 30, 200


@for_operator
@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """Terms that run, first to end first; and a search for any organization."""
    portal, words = portal_of(request), request.GET.get("q", "").strip()
    mine = Organization.objects.filter(portal=portal)
    found = mine.filter(slug__contains=slugify(words)).order_by("name")[:FOUND] if words else []
    context = {
        "terms": queries.running_terms(portal.pk)[:SHOWN],
        "words": words,
        "found": found,
        "zone": portal.time_zone,
    }
    return render(request, "plans/clients.html", context)


@for_operator
@require_safe
def client(request: HttpRequest, slug: str) -> HttpResponse:
    """One organization: what it has, and what the desk may give it."""
    return _client_page(request, _organization(request, slug))


@for_operator
@require_POST
@steps_up
def give_credits(request: HttpRequest, slug: str) -> HttpResponse:
    """Single releases, with the reason; sent twice they are given once."""
    organization = _organization(request, slug)
    form = CreditsForm(request.POST)
    if not form.is_valid():
        return _client_page(request, organization, credits_form=form)
    said = form.cleaned_data
    who, key = actor_of(request), f"desk:{said['key']}"
    add_credits(who, organization, said["count"], key=key, reason=said["reason"])
    messages.success(request, _("Đã thêm lượt lẻ."))
    return redirect("plans:client", slug)


@for_operator
@require_POST
@steps_up
def give_term(request: HttpRequest, slug: str) -> HttpResponse:
    """Time on a plan, with the reason; sent twice it is given once."""
    organization = _organization(request, slug)
    form = GrantForm(organization, request.POST)
    if not form.is_valid():
        return _client_page(request, organization, grant_form=form)
    said = form.cleaned_data
    grant(
        actor_of(request), organization, said["plan"], key=f"desk:{said['key']}", months=said["months"],
        starts_at=start_of(said["starts_on"], portal_of(request)), reason=said["reason"],
    )  # fmt: skip
    messages.success(request, _("Đã mở gói."))
    return redirect("plans:client", slug)


@for_operator
@require_POST
@steps_up
def set_agency_one(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether it may write for clients who agreed."""
    is_agency = bool(request.POST.get("is_agency"))
    set_agency(actor_of(request), _organization(request, slug), is_agency=is_agency)
    messages.success(request, _("Đã lưu."))
    return redirect("plans:client", slug)


@for_operator
@steps_up
def contract(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan for this organization alone: its owners may order it, or the desk opens it by the form before."""
    organization = _organization(request, slug)
    own = _contract_slug(organization)
    last = queries.last_row(organization.portal_id, own)
    initial = said_by(last, organization.portal) if last else {"name_vi": _("Theo hợp đồng"), "months": 12}
    form = PlanForm(request.POST or None, initial=initial)
    if form.is_valid():
        edit_plan(
            actor_of(request), portal=organization.portal, slug=own, fields=form.cleaned_data,
            organization=organization, valid_from=start_of(form.cleaned_data["valid_from"], organization.portal),
        )  # fmt: skip
        messages.success(request, _("Đã lưu."))
        return redirect("plans:client", slug)
    before = queries.rows_before(last) if last else []
    context = {
        "form": form,
        "plan": last,
        "before": before,
        "client": organization,
        "zone": organization.portal.time_zone,
    }
    return render(request, "plans/plan.html", context, status=400 if form.is_bound else 200)


def _contract_slug(organization: Organization) -> str:
    return f"hop-dong-{organization.pk}"


def _organization(request: HttpRequest, slug: str) -> Organization:
    found = Organization.objects.select_related("portal").filter(portal=portal_of(request), slug=slug).first()
    if found is None:
        raise Http404
    return found


def _client_page(
    request: HttpRequest,
    organization: Organization,
    *,
    credits_form: CreditsForm | None = None,
    grant_form: GrantForm | None = None,
) -> HttpResponse:
    context = {
        "organization": organization, "standing": queries.standing(organization), "zone": organization.portal.time_zone,
        "terms": queries.paid_terms(organization).order_by("-ends_at")[:50],
        "credits": Credit.objects.filter(organization=organization).order_by("-granted_at")[:50],
        "own": queries.last_row(organization.portal_id, _contract_slug(organization)),
        "credits_form": credits_form or CreditsForm(), "grant_form": grant_form or GrantForm(organization),
    }  # fmt: skip
    return render(request, "plans/client.html", context, status=400 if credits_form or grant_form else 200)
