"""The operator's pages about readers: how many, one of them, the press list, domains, the list as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_staff
from loa.portals.middleware import portal_of
from loa.subscribers import forms, queries
from loa.subscribers.actions.bar_domains import bar_domains
from loa.subscribers.actions.decide_on_press import decide_on_press
from loa.subscribers.actions.erase import erase
from loa.subscribers.actions.export import export as write_out
from loa.subscribers.actions.leave import leave
from loa.subscribers.errors import WrongState
from loa.subscribers.models import Journalist, State, Subscriber
from loa.subscribers.views.answers import rhythms
from loa.ui.language import language_of


def show(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the desk; addresses are on it, so nobody keeps it."""
    answer = render(request, f"subscribers/desk/{name}.html", {**context, "states": states()}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def states() -> dict[str, str]:
    """The states of an address, in words."""
    return {
        State.CONFIRMED.value: _("Đang nhận"),
        State.UNCONFIRMED.value: _("Chưa xác nhận"),
        State.LEFT.value: _("Đã rời"),
    }


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """How many readers there are, of which lists, and a field to look for an address (never in the page's address)."""
    portal = portal_of(request)
    counted, lists = queries.count_states(portal), queries.count_lists(portal)
    names = queries.named(portal, [key for key, _n in lists], language_of(request))
    typed = request.POST.get("address", "")
    context: dict[str, Any] = {
        "counts": [(words, counted[state]) for state, words in states().items()],
        "lists": [(names[key], count) for key, count in lists if key in names],
        "typed": typed,
        "found": [(one, states()[one.state]) for one in queries.found(portal, typed)],
        "waiting": len(queries.journalists(portal, Journalist.State.WAITING)),
    }
    return show(request, "index", **context)


def _reader(request: HttpRequest, public_id: str) -> Subscriber:
    found = queries.get_for_operator(portal_of(request), public_id)
    if found is None:
        raise Http404
    return found


@for_staff
def reader(request: HttpRequest, public_id: str) -> HttpResponse:
    """One address: what it gets, and what it agreed to."""
    one = _reader(request, public_id)
    wishes = queries.wishes_of(one)
    names = queries.named(one.portal, [wish.key for wish in wishes], language_of(request))
    often = dict(rhythms())
    rows = [(names[wish.key].name, often[wish.frequency], wish.language) for wish in wishes if wish.key in names]
    known: dict[str, Any] = {"one": one, "rows": rows, "consents": queries.consents(one), "state": states()[one.state]}
    return show(request, "reader", **known, zone=one.portal.time_zone)


@for_staff
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sends an address nothing more, as its owner asked by another way."""
    leave(_reader(request, public_id), actor=actor_of(request))
    messages.success(request, _("Đã lưu. Không thư nào được gửi tới địa chỉ này nữa."))
    return redirect("subscribers:reader", public_id)


@for_staff
@require_POST
def erase_reader(request: HttpRequest, public_id: str) -> HttpResponse:
    """Erases an address, as its owner asked by another way."""
    erase(_reader(request, public_id), actor=actor_of(request))
    messages.success(request, _("Đã xoá. Chỉ còn một dấu băm, để địa chỉ này không được đưa vào lại."))
    return redirect("subscribers:readers")


@for_staff
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV; the audit has who took it."""
    answer = HttpResponse(write_out(actor_of(request), portal_of(request)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="readers.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@for_staff
def domains(request: HttpRequest) -> HttpResponse:
    """Mail domains whose addresses are thrown away after use."""
    form = forms.DomainsForm(request.POST or None, initial={"domains": "\n".join(queries.barred_domains())})
    if request.method == "POST" and form.is_valid():
        bar_domains(actor_of(request), form.cleaned_data["domains"])
        messages.success(request, _("Đã lưu."))
        return redirect("subscribers:domains")
    return show(request, "domains", 422 if form.is_bound else 200, form=form)


@for_staff
def press_list(request: HttpRequest) -> HttpResponse:
    """Journalists who wait, who are on the list, and who are not."""
    portal, one = portal_of(request), Journalist.State
    groups = [
        (_("Chờ xem"), queries.journalists(portal, one.WAITING)),
        (_("Trong danh sách"), queries.journalists(portal, one.ADMITTED)),
        (_("Đã từ chối hoặc đưa ra"), queries.journalists(portal, one.REFUSED, one.REMOVED)),
    ]
    return show(request, "press", groups=groups, zone=portal.time_zone)


@for_staff
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Admits, refuses or removes a journalist."""
    journalist = queries.journalist(portal_of(request), public_id)
    form = forms.DecideForm(request.POST)
    if journalist is None or not form.is_valid():
        raise Http404
    try:
        decide_on_press(actor_of(request), journalist, **form.cleaned_data)
    except WrongState:
        messages.warning(request, _("Việc này vừa được quyết định, hoặc người ấy vừa rời đi."))
    else:
        messages.success(request, _("Đã lưu, và một thư báo cho họ đang được gửi."))
    return redirect("subscribers:press_list")
