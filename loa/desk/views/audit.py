"""Doors of who did what: looked through, taken along as CSV, the chain followed; only for the operator."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.accounts.views import for_operator
from loa.audit import queries
from loa.audit.models import Record
from loa.audit.queries import Wanted
from loa.desk.forms import AuditForm
from loa.lib import clock, spreadsheets
from loa.portals.middleware import portal_of

MOST = 200_000  # rows of one CSV
CHECKED = 20_000  # records that the button follows; `loa doctor --deep` follows all


@for_operator
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """What was done, newest first, narrowed by act, person, subject and days."""
    form = AuditForm(request.GET)
    wanted = _wanted(request, form)
    before = request.GET.get("before", "")
    rows, following = queries.page(wanted, before=int(before) if before.isdecimal() and len(before) < 19 else 0)
    asked = urlencode({name: said for name, said in request.GET.items() if said and name in form.fields})
    context = {
        "form": form, "rows": [(row, _plain(row.detail)) for row in rows], "acts": queries.acts(),
        "older": f"?{asked}&before={following}" if following else "", "asked": asked, "is_first": not before,
        "zone": portal_of(request).time_zone, "checked": CHECKED,
    }  # fmt: skip
    return render(request, "desk/audit.html", context, status=200 if form.is_valid() else 400)


@for_operator
@require_safe
def as_csv(request: HttpRequest) -> Any:
    """The same rows as a table, moments in UTC; no cell begins as a formula (OWASP ASVS 1.2.10)."""
    rows = _wanted(request, AuditForm(request.GET)).rows()[:MOST]
    answer = StreamingHttpResponse(_lines(rows.iterator(chunk_size=2000)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{clock.now():%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@for_operator
@require_POST
def verify_chain(request: HttpRequest) -> HttpResponse:
    """Follows the newest records from digest to digest."""
    broken = queries.verify(last=CHECKED)
    if broken is None:
        messages.success(request, _("Chuỗi còn nguyên vẹn."))
    elif broken:
        messages.error(
            request, _("Chuỗi đứt ở bản ghi số %(number)s. Hãy sao lưu trước khi làm gì khác.") % {"number": broken}
        )
    else:
        messages.error(request, _("Phần cuối của chuỗi đã bị cắt. Hãy sao lưu trước khi làm gì khác."))
    return redirect("desk:audit")


def _wanted(request: HttpRequest, form: AuditForm) -> Wanted:
    """What was asked for; of a form with errors what is right in it."""
    form.is_valid()
    said, zone = form.cleaned_data, ZoneInfo(portal_of(request).time_zone)
    since, until = said.get("since"), said.get("until")
    return Wanted(
        act=said.get("act", ""), actor=said.get("actor", ""), subject=said.get("subject", ""),
        since=datetime.combine(since, time(), zone) if since else None,
        until=datetime.combine(until + timedelta(days=1), time(), zone) if until else None,
    )  # fmt: skip


def _plain(detail: dict[str, Any]) -> str:
    return " · ".join(
        f"{name}: {said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)}"
        for name, said in detail.items()
    )


def _lines(rows: Iterator[Record]) -> Iterator[str]:
    yield spreadsheets.line(("id", "at", "actor_id", "actor", "act", "subject", "detail", "digest"))
    for row in rows:
        who = (row.pk, row.at.isoformat(), row.actor_id, row.actor_label)
        said = json.dumps(row.detail, ensure_ascii=False)
        yield spreadsheets.line((*who, row.act, row.subject, said, row.digest))
