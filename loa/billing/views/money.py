"""The operator at one order or one transfer: match by hand, refund, send back, cancel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loa.accounts.views import for_operator, person_of
from loa.accounts.views.step_up import steps_up
from loa.billing.actions.cancel_order import cancel_order
from loa.billing.actions.match_by_hand import match_by_hand
from loa.billing.actions.refund import refund
from loa.billing.actions.send_back import send_back
from loa.billing.errors import WrongAmount, WrongState
from loa.billing.forms.operator import MatchForm, RefundForm
from loa.billing.models import BankTransfer, Order
from loa.billing.queries import books, orders
from loa.billing.rules.matching import suggestions
from loa.billing.states import LIVE, State
from loa.billing.views.operator import with_sums
from loa.lib import money
from loa.lib.tokens import random_id
from loa.portals.middleware import portal_of
from loa.ui.language import language_of


@for_operator
@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def one_order(request: HttpRequest, code: str) -> HttpResponse:
    """An order with its money and papers; a form that refunds what is paid."""
    found = _order(request, code)
    form = RefundForm(request.POST or None, initial={"key": random_id()}) if found.state == State.PAID else None
    if form and form.is_valid() and _refunded(request, found, form):
        messages.success(request, _("Đã ghi hoàn tiền; hóa đơn điều chỉnh đã lập và gửi cho bên mua."))
        return redirect("billing:one_order", code)
    language = language_of(request)
    sums = ("amount", "paid", "missing", "refunded")
    context = {
        "order": found, "form": form, "is_live": found.state in LIVE, "zone": portal_of(request).time_zone,
        "shown": {name: money.shown(getattr(found, name), found.currency, language) for name in sums},
        "payments": [(row, money.shown(row.amount, found.currency, language)) for row in books.ledger(found)],
        "papers": with_sums(found.invoices.order_by("pk"), language, "total"), "name": found.plan.name(language),
    }  # fmt: skip
    return render(request, "billing/one_order.html", context, status=400 if form and form.is_bound else 200)


def _order(request: HttpRequest, code: str) -> Order:
    found = orders.in_portal(portal_of(request)).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _refunded(request: HttpRequest, found: Order, form: RefundForm) -> bool:
    try:
        refund(person_of(request), found, **form.cleaned_data)
    except WrongState:
        form.add_error(None, _("Đơn này vừa đổi tình trạng. Hãy xem lại."))
    except WrongAmount:
        form.add_error("amount", _("Không hoàn được nhiều hơn số đã nhận cho đơn này."))
    return form.is_valid()


@for_operator
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """An order nobody pays any more."""
    try:
        cancel_order(person_of(request), _order(request, code))
        messages.success(request, _("Đã hủy đơn; tiền đã nhận cho nó chờ ở phần chưa khớp."))
    except WrongState:
        messages.error(request, _("Đơn đã thanh toán đủ: hãy hoàn tiền thay vì hủy."))
    return redirect("billing:one_order", code)


@for_operator
@require_http_methods(["GET", "HEAD"])
def one_transfer(request: HttpRequest, public_id: str) -> HttpResponse:
    """A transfer, what became of it, and what may become of the rest."""
    return _transfer_page(request, _transfer(request, public_id), MatchForm(initial=_key()), RefundForm(**_beside()))


def _key() -> dict[str, str]:
    return {"key": random_id()}


def _beside() -> dict[str, Any]:
    """A second form of a page has names of its own."""
    return {"initial": _key(), "auto_id": "back_%s"}


def _transfer(request: HttpRequest, public_id: str) -> BankTransfer:
    found = books.transfers(portal_of(request)).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _transfer_page(
    request: HttpRequest, transfer: BankTransfer, match_form: MatchForm, back_form: RefundForm, status: int = 200
) -> HttpResponse:
    portal, language = portal_of(request), language_of(request)
    near = suggestions(transfer.note, transfer.unallocated, orders.live(portal)) if transfer.unallocated else []
    rows = {row.code: row for row in orders.in_portal(portal).filter(code__in=near)}
    back_form.fields["amount"].label = _("Số tiền đã trả lại")
    back_form.fields["reason"].help_text = _("Để đối chiếu sau này; người chuyển không đọc được.")
    context: dict[str, Any] = {
        "transfer": transfer, "key": random_id(), "match_form": match_form, "back_form": back_form,
        "zone": portal.time_zone,
        "amount": money.shown(transfer.amount, transfer.currency, language),
        "unallocated": money.shown(transfer.unallocated, transfer.currency, language),
        "near": with_sums([rows[code] for code in near if code in rows], language, "amount", "missing"),
        "payments": [
            (row, money.shown(row.amount, transfer.currency, language))
            for row in transfer.payments.select_related("order").order_by("pk")
        ],
    }  # fmt: skip
    return render(request, "billing/one_transfer.html", context, status=status)


@for_operator
@require_POST
def match(request: HttpRequest, public_id: str) -> HttpResponse:
    """This money is for that order."""
    transfer, form = _transfer(request, public_id), MatchForm(request.POST)
    if form.is_valid() and _matched(request, transfer, form):
        return redirect("billing:one_transfer", public_id)
    return _transfer_page(request, transfer, form, RefundForm(**_beside()), status=400)


def _matched(request: HttpRequest, transfer: BankTransfer, form: MatchForm) -> bool:
    order = orders.in_portal(portal_of(request)).filter(code=form.cleaned_data["code"]).first()
    if order is None:
        form.add_error("code", _("Không có đơn nào mang mã này."))
        return False
    try:
        given = match_by_hand(person_of(request), transfer, order, key=form.cleaned_data["key"])
    except WrongState:
        form.add_error("code", _("Đơn này không còn chờ tiền: đã đủ, đã hủy, hoặc bằng loại tiền khác."))
        return False
    except WrongAmount:
        form.add_error("code", _("Khoản này không còn gì để ghi."))
        return False
    said = {"amount": money.shown(given, order.currency, language_of(request)), "code": order.code}
    messages.success(request, _("Đã ghi %(amount)s cho đơn %(code)s.") % said)
    return True


@for_operator
@require_POST
@steps_up
def back(request: HttpRequest, public_id: str) -> HttpResponse:
    """This money went back to whom it came from."""
    transfer, form = _transfer(request, public_id), RefundForm(request.POST, **_beside())
    if form.is_valid():
        try:
            send_back(person_of(request), transfer, **form.cleaned_data)
            messages.success(request, _("Đã ghi là trả lại."))
            return redirect("billing:one_transfer", public_id)
        except WrongAmount:
            form.add_error("amount", _("Không trả lại được nhiều hơn phần chưa ghi cho đơn nào."))
    return _transfer_page(request, transfer, MatchForm(initial=_key()), form, status=400)
