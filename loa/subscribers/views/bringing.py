"""The operator brings readers in from elsewhere: the file with its proof, the columns, the report."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_staff
from loa.lib import dates
from loa.portals.middleware import portal_of
from loa.subscribers import forms, queries, rules
from loa.subscribers.actions.begin_bringing import begin_bringing
from loa.subscribers.actions.start_bringing import discard_bringing, start_bringing
from loa.subscribers.errors import NotATable, WrongState
from loa.subscribers.models import Bringing
from loa.subscribers.rules import addresses, tables
from loa.subscribers.views.answers import rhythms
from loa.subscribers.views.operator import show
from loa.topics import queries as topics
from loa.ui.language import language_of

SHOWN = 8  # lines of the preview
MOST_REFUSED = 500  # on the page


@for_staff
def bring(request: HttpRequest) -> HttpResponse:
    """What was brought in before, and the form for more."""
    form = forms.BringingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        file = said.pop("proof_file")
        proof_file = (file.name, file.read()) if file else ("", b"")
        content = said.pop("table").read()
        try:
            made = begin_bringing(actor_of(request), portal_of(request), content=content, proof_file=proof_file, **said)
        except NotATable:
            form.add_error("table", _("Không đọc được tệp này. Hãy lưu bảng dưới dạng CSV có một cột địa chỉ thư."))
        else:
            return redirect("subscribers:bringing", made.public_id)
    before = queries.bringings(portal_of(request))[:50]
    status = 422 if form.is_bound else 200
    return show(request, "bring", status, form=form, before=before, zone=portal_of(request).time_zone)


def _one(request: HttpRequest, public_id: str) -> Bringing:
    found = queries.bringing(portal_of(request), public_id)
    if found is None:
        raise Http404
    return found


@for_staff
def bringing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The columns to choose; then what became of every line."""
    one = _one(request, public_id)
    if one.state != Bringing.State.CHOOSING:
        return _report(request, one)
    lines = [line for line, _n in zip(tables.rows(one.table), range(SHOWN + 1), strict=False)]
    width = max((len(cells) for _n, cells in lines), default=0)
    choices = _choices(request, one, width) if request.method == "POST" else one.choices
    if request.method == "POST" and "start" in request.POST:
        try:
            start_bringing(actor_of(request), one, choices=choices)
        except WrongState:
            messages.warning(request, _("Việc này đã bắt đầu."))
        return redirect("subscribers:bringing", public_id)
    return show(request, "columns", **_preview(request, one, lines, choices))


def _choices(request: HttpRequest, one: Bringing, width: int) -> dict[str, Any]:
    """What was chosen, of what may be."""
    posted = request.POST
    columns = {str(number): number for number in range(width)}
    lists = {key for key, _name in _lists(request)}
    return {
        "email": columns.get(posted.get("email", ""), one.choices["email"]),
        "language": columns.get(posted.get("language", "")),
        "has_head": "has_head" in posted,
        "list": posted["list"] if posted.get("list") in lists else rules.GENERAL,
        "frequency": rules.frequency_of(posted.get("frequency", "")),
        "asks": "asks" in posted,
    }


def _lists(request: HttpRequest) -> list[tuple[str, str]]:
    portal = portal_of(request)
    keys = [rules.GENERAL, *(f"{rules.SECTION}:{one.pk}" for one in topics.sections(portal))]
    return [(key, one.name) for key, one in queries.named(portal, keys, language_of(request)).items()]


def _preview(
    request: HttpRequest, one: Bringing, lines: list[tuple[int, list[str]]], choices: dict[str, Any]
) -> dict[str, Any]:
    """The first lines as they would be read, and the names of the columns."""
    head = lines[0][1] if lines and choices["has_head"] else []
    width = max((len(cells) for _n, cells in lines), default=0)
    columns = [
        (number, tables.cell(head, number) or _("Cột %(number)d") % {"number": number + 1}) for number in range(width)
    ]
    rows = []
    for number, cells in lines[bool(head) :][:SHOWN]:
        typed = tables.cell(cells, choices["email"])
        language = rules.language_of(tables.cell(cells, choices["language"]).lower(), one.portal.language)
        rows.append({"number": number, "typed": typed, "email": addresses.read(typed), "language": language})
    return {
        "one": one, "choices": choices, "columns": columns, "rows": rows, "lists": _lists(request),
        "rhythms": rhythms(), "zone": one.portal.time_zone,
    }  # fmt: skip


def _report(request: HttpRequest, one: Bringing) -> HttpResponse:
    words = {
        "no_address": _("không phải địa chỉ thư"),
        "twice": _("địa chỉ đã có ở một dòng trên"),
        "barred": _("hộp thư dùng tạm"),
        "suppressed": _("máy nhận đã từ chối, hoặc chủ hộp thư đã khiếu nại"),
        "left": _("người này đã rời"),
        "erased": _("chủ địa chỉ đã yêu cầu xoá"),
    }
    refused = [(line, words.get(reason, reason)) for line, reason in one.refused[:MOST_REFUSED]]
    sums = {words[reason]: count for reason in words if (count := sum(r == reason for _l, r in one.refused))}
    return show(
        request,
        "brought",
        one=one,
        refused=refused,
        sums=sums.items(),
        more=max(0, len(one.refused) - MOST_REFUSED),
        is_running=one.state == Bringing.State.RUNNING,
        consented_on=dates.day_in_words(one.consented_on, language_of(request)),
        zone=one.portal.time_zone,
    )


@for_staff
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throws a file away that was not begun."""
    try:
        discard_bringing(actor_of(request), _one(request, public_id))
    except WrongState:
        messages.warning(request, _("Việc này đã bắt đầu."))
    return redirect("subscribers:bring")


@for_staff
def proof(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file that was kept as proof, as a download: nobody's browser opens it."""
    one = _one(request, public_id)
    if not one.proof_name:
        raise Http404
    answer = HttpResponse(bytes(one.proof_file), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="proof"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
