"""An owner's orders: choose, say who pays, transfer, see it arrive."""

import io
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.accounts.views import person_of
from loa.billing.actions.cancel_order import cancel_order
from loa.billing.actions.order import order
from loa.billing.errors import NoSeller, NotForSale, Suspended, WrongState
from loa.billing.forms.orders import OrderForm
from loa.billing.models import Order
from loa.billing.queries import books, orders
from loa.billing.states import LIVE
from loa.billing.views import for_owners
from loa.lib import money, qr, vietqr
from loa.lib.tokens import random_id
from loa.limits.actions.take import take
from loa.organizations.models import Organization
from loa.plans import queries as plans
from loa.plans.models import Kind, Plan
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

MOST_ORDERS = 30  # a day, of one organization


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, organization: Organization) -> HttpResponse:
    """What may be bought; or, once that is chosen, the form for the invoice."""
    plan = plans.buyable(organization, request.GET.get("plan", ""))
    if plan is None or plan.price < 1:
        shown = {"organization": organization, "choices": _choices(organization, language_of(request))}
        return render(request, "billing/choose.html", shown, status=404 if request.GET.get("plan") else 200)
    form = OrderForm(request.POST or None, initial=_known(request, organization))
    if plan.kind != Kind.CREDIT:
        form.fields["quantity"].required = False
        form.fields["quantity"].widget = form.fields["quantity"].hidden_widget()
    if form.is_valid() and (made := _ordered(request, organization, plan, form)):
        return redirect("billing:order", organization.slug, made.code)
    return render(
        request, "billing/new.html", _asked(request, organization, plan, form), status=400 if form.is_bound else 200
    )


def _asked(request: HttpRequest, organization: Organization, plan: Plan, form: OrderForm) -> dict[str, Any]:
    seller = orders.seller(portal_of(request))
    return {
        "organization": organization, "plan": plan, "name": plan.name(language_of(request)), "form": form,
        "price": money.shown(plan.price, plan.currency, language_of(request)), "is_single": plan.kind == Kind.CREDIT,
        "vat": _percent(seller.vat_points) if seller else "", "has_seller": seller is not None,
        "included": plan.included(language_of(request)),
    }  # fmt: skip


def _percent(points: int) -> str:
    return f"{points / 100:g}".replace(".", ",")


def _known(request: HttpRequest, organization: Organization) -> dict[str, Any]:
    """What stood on the last order, else what the organization's name and the person's address are."""
    kept = orders.buyer(organization)
    said = {
        "legal_name": kept.legal_name if kept else organization.name,
        "email": kept.email if kept else person_of(request).email,
        "tax_code": kept.tax_code if kept else "",
        "address": kept.address if kept else "",
    }
    return {**said, "quantity": 1, "key": random_id()}


def _choices(organization: Organization, language: str) -> list[dict[str, Any]]:
    rows = [*plans.offered_to(organization).filter(price__gt=0)]
    single = plans.credit_price(organization.portal_id)
    return [
        {"plan": plan, "name": plan.name(language), "price": money.shown(plan.price, plan.currency, language)}
        for plan in rows + ([single] if single and single.price else [])
    ]


def _ordered(request: HttpRequest, organization: Organization, plan: Plan, form: OrderForm) -> Order | None:
    if not take(f"billing.order:{organization.pk}", limit=MOST_ORDERS, seconds=86_400):
        form.add_error(None, _("Hôm nay tổ chức đã đặt nhiều đơn. Hãy thanh toán hoặc hủy bớt, ngày mai đặt tiếp."))
        return None
    try:
        return order(
            person_of(request), organization, plan=plan.slug, quantity=form.cleaned_data["quantity"] or 1,
            details=form.details(), language=language_of(request), key=f"{organization.pk}:{form.cleaned_data['key']}",
        )  # fmt: skip
    except NoSeller:
        form.add_error(None, _("Cổng chưa công bố tài khoản nhận tiền. Hãy liên hệ ban biên tập."))
    except NotForSale:
        form.add_error(None, _("Gói này vừa thôi bán. Hãy chọn gói khác."))
    except Suspended:
        form.add_error(None, _("Tổ chức đang tạm ngưng nên chưa mua được. Hãy liên hệ ban biên tập."))
    return None


def _order_or_404(organization: Organization, code: str) -> Order:
    found = orders.get_of(organization, code)
    if found is None:
        raise Http404
    return found


@for_owners
@require_safe
@never_cache
def one(request: HttpRequest, organization: Organization, code: str) -> HttpResponse:
    """How to pay, until it is paid; then what was paid, and the papers."""
    found = _order_or_404(organization, code)
    language = language_of(request)

    def said(amount: int) -> str:
        return money.shown(amount, found.currency, language)

    sums = ("amount", "paid", "missing", "refunded")
    context = {
        "organization": organization, "order": found, "is_live": found.state in LIVE,
        "shown": {name: said(getattr(found, name)) for name in sums}, "name": found.plan.name(language),
        "zone": portal_of(request).time_zone, "has_code": found.missing > 0 and found.currency == "VND",
        "transfers": [(row, said(row.amount)) for row in books.ledger(found)],
        "papers": found.invoices.order_by("pk"), "is_single": found.plan.kind == Kind.CREDIT,
    }  # fmt: skip
    return render(request, "billing/order.html", context)


@for_owners
@require_safe
@never_cache
def state(request: HttpRequest, organization: Organization, code: str) -> HttpResponse:
    """What a page that waits asks for."""
    found = _order_or_404(organization, code)
    return JsonResponse({"state": found.state, "paid": found.paid})


@for_owners
@require_safe
@never_cache
def square(request: HttpRequest, organization: Organization, code: str, form: str) -> HttpResponse:
    """The VietQR for what is still missing: SVG for the page, PNG for a telephone's pictures."""
    found = _order_or_404(organization, code)
    if found.missing < 1 or found.currency != "VND" or form not in ("svg", "png"):
        raise Http404
    text = payload_of(found)
    if form == "svg":
        return HttpResponse(qr.draw(text), content_type="image/svg+xml")
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    headers = {"Content-Disposition": f'attachment; filename="{found.code}.png"'}
    return HttpResponse(out.getvalue(), content_type="image/png", headers=headers)


def payload_of(found: Order) -> str:
    """The transfer as a banking app reads it, from rows alone."""
    seller = found.seller
    return vietqr.payload(bank_bin=seller.bank_bin, account=seller.account, amount=found.missing, purpose=found.code)


@for_owners
@require_POST
def cancel(request: HttpRequest, organization: Organization, code: str) -> HttpResponse:
    """The owner does not want it any more."""
    found = _order_or_404(organization, code)
    try:
        had_money = found.paid > 0
        cancel_order(person_of(request), found)
    except WrongState:
        messages.error(
            request, _("Đơn đã thanh toán đủ nên không hủy được nữa. Muốn hoàn tiền, hãy liên hệ ban biên tập.")
        )
    else:
        messages.success(request, _("Đã hủy đơn."))
        if had_money:
            messages.success(
                request, _("Số tiền đã nhận sẽ được chuyển cho đơn khác hoặc hoàn lại; ban biên tập sẽ liên hệ.")
            )
    return redirect("billing:order", organization.slug, found.code)
