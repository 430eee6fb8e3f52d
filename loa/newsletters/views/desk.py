"""The desk's list of issues, what could be picked, and who signs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_staff
from loa.archive import queries as archive
from loa.newsletters import queries
from loa.newsletters.actions import begin as beginning
from loa.newsletters.actions import discard as discarding
from loa.newsletters.actions.edit_imprint import edit_imprint
from loa.newsletters.actions.pick import pick as put_in
from loa.newsletters.errors import WrongState
from loa.newsletters.forms import ImprintForm
from loa.newsletters.models import State
from loa.newsletters.views.doors import issue_of
from loa.portals.middleware import portal_of
from loa.search.errors import IndexUnavailable

SPANS = (3, 7, 30, 90)  # days that suggestions reach back
MOST_LISTED = 200


@for_staff
def issues(request: HttpRequest) -> HttpResponse:
    """Every issue with its state, and a way to begin one."""
    portal = portal_of(request)
    rows = [(row, queries.report(row) if row.round else None) for row in queries.issues(portal.pk)[:MOST_LISTED]]
    languages = sorted(portal.spoken, key=lambda one: one != portal.language)
    context = {"issues": rows, "languages": languages, "zone": portal.time_zone, "imprint": queries.imprint(portal.pk)}
    return render(request, "newsletters/issues.html", context)


@for_staff
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new issue, and straight to what could be picked for it."""
    portal, wanted = portal_of(request), request.POST.get("language", "")
    language = wanted if wanted in portal.spoken else portal.language
    made = beginning.begin(actor_of(request), portal=portal, language=language)
    return redirect("newsletters:pick", made.public_id)


@for_staff
def pick(request: HttpRequest, public_id: str) -> HttpResponse:
    """What could be picked, by section, the most read first."""
    issue = issue_of(request, public_id)
    if issue.state != State.DRAFT:
        return redirect("newsletters:issue", public_id)
    if request.method == "POST":
        chosen = request.POST.getlist("entry")[: queries.MOST_ENTRIES]
        found = {one.public_id: one for one in archive.news_among(issue.portal_id, chosen)}
        try:
            put_in(actor_of(request), issue, entries=[found[one] for one in chosen if one in found])
        except WrongState:
            messages.error(request, _("Số này vừa được gửi đi; chọn thêm không kịp nữa."))
        return redirect("newsletters:issue", public_id)
    asked, words = request.GET.get("days", ""), request.GET.get("q", "").strip()[:200]
    days = next((one for one in SPANS if str(one) == asked), 7)
    context = {"issue": issue, "days": days, "spans": SPANS, "words": words, "zone": issue.portal.time_zone}
    try:
        context["found" if words else "suggested"] = (
            queries.found(issue, words) if words else queries.suggested(issue, days)
        )
    except IndexUnavailable:
        messages.warning(request, _("Chỉ mục tìm kiếm đang được dựng lại; hãy thử sau ít phút."))
    return render(request, "newsletters/pick.html", context)


@for_staff
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """A page with a button, and the button."""
    issue = issue_of(request, public_id)
    if request.method != "POST":
        return render(request, "newsletters/discard.html", {"issue": issue})
    try:
        discarding.discard(actor_of(request), issue)
        messages.success(request, _("Đã bỏ bản nháp."))
    except WrongState:
        messages.error(request, _("Số này không còn là bản nháp nên không bỏ được."))
    return redirect("newsletters:issues")


@for_staff
def imprint(request: HttpRequest) -> HttpResponse:
    """Who signs the portal's newsletters."""
    portal = portal_of(request)
    old = queries.imprint(portal.pk)
    names = ("name", "address", "telephone", "email")
    initial = {name: getattr(old, name) for name in names} if old else {"name": portal.name}
    form = ImprintForm(request.POST or None, initial=initial)
    if form.is_valid():
        edit_imprint(actor_of(request), portal=portal, fields=form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("newsletters:issues")
    return render(request, "newsletters/imprint.html", {"form": form}, status=400 if form.is_bound else 200)
