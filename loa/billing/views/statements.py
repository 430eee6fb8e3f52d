"""Bringing in a bank's statement: choose the file, see what would happen, take in what is ticked."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from loa.accounts.views import for_operator, person_of
from loa.billing.actions.take_statement import take_statement
from loa.billing.forms.operator import StatementForm
from loa.billing.queries import orders
from loa.billing.queries.statements import foresee
from loa.billing.rules import statements
from loa.billing.rules.statements import Line, NotAStatement, Statement
from loa.lib import money
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

SALT = "billing.statement"
HOURS = 2  # a page that was left open longer shows what may no longer be so


@for_operator
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The file; then every line with what it would do, nothing done yet."""
    portal = portal_of(request)
    accounts = list(dict.fromkeys(row.account for row in orders.sellers(portal)))
    form = StatementForm(request.POST or None, request.FILES or None, accounts=accounts)
    if form.is_valid():
        try:
            found = statements.read(form.cleaned_data["file"].read(statements.LARGEST + 1), portal.time_zone)
        except NotAStatement:
            form.add_error("file", _("Không thấy cột ngày, số tiền và nội dung trong tệp. Hãy xuất lại sao kê ra CSV."))
        else:
            return render(request, "billing/foreseen.html", _foreseen(request, form.cleaned_data["account"], found))
    shown = {"form": form, "has_account": bool(accounts)}
    return render(request, "billing/statement.html", shown, status=400 if form.is_bound else 200)


def _foreseen(request: HttpRequest, account: str, found: Statement) -> dict[str, Any]:
    portal, language = portal_of(request), language_of(request)
    foreseen = foresee(portal, account, found.lines)

    def said(amount: int) -> str:
        return money.shown(amount, "VND", language)

    rows = [
        {
            "it": one,
            "amount": said(one.line.amount),
            "shares": [(code, said(part)) for code, part in one.shares.items()],
        }
        for one in foreseen
    ]
    held = {"account": account, "lines": [asdict(line) | {"at": line.at.isoformat()} for line in found.lines]}
    return {
        "rows": rows, "unread": found.unread, "account": account, "zone": portal.time_zone,
        "held": signing.dumps(held, salt=f"{SALT}:{portal.pk}", compress=True),
        "matched": sum(1 for one in foreseen if one.shares), "offered": sum(1 for one in foreseen if one.is_offered),
    }  # fmt: skip


@for_operator
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """The ticked lines of the page before, as they were read then: they come back signed."""
    portal = portal_of(request)
    try:
        held = signing.loads(request.POST.get("held", ""), salt=f"{SALT}:{portal.pk}", max_age=HOURS * 3600)
    except signing.BadSignature:
        messages.error(request, _("Trang xem trước đã quá hai giờ. Hãy chọn lại tệp sao kê."))
        return redirect("billing:statement")
    ticked = set(request.POST.getlist("line"))
    lines = [Line(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in held["lines"]]
    chosen = [line for line in lines if str(line.number) in ticked]
    taken = take_statement(person_of(request), portal, held["account"], chosen)
    said = ngettext("Đã nhận %(count)d khoản.", "Đã nhận %(count)d khoản.", len(taken)) % {"count": len(taken)}
    left = sum(1 for row in taken if row.unallocated)
    if left:
        said += " " + ngettext(
            "%(count)d khoản còn tiền chưa khớp với đơn nào.", "%(count)d khoản còn tiền chưa khớp với đơn nào.", left
        ) % {"count": left}
    messages.success(request, said)
    return redirect("billing:operator")
