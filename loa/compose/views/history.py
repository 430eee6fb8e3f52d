"""Doors of a release's history: every text it said, what differs between two, and one of them taken back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from loa.accounts.views import person_of
from loa.compose.queries import revisions
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.lib import languages
from loa.releases import queries
from loa.releases.actions.restore import restore
from loa.releases.errors import NotALanguage, StaleRevision, Suspended, WrongState
from loa.releases.models import Release, Revision, Way
from loa.releases.states import EDITABLE, State

A_PAGE = 25


@for_writers
@cache_control(private=True, no_store=True)
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list; two of them side by side where two were chosen."""
    release = release_or_404(request, public_id)
    language = request.GET.get("language", "")
    pages = Paginator(queries.line(release, language), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    one, other = (queries.revision(release, request.GET.get(name, "")) for name in ("from", "to"))
    context = {
        **_context(release, language),
        "page": page,
        "rows": revisions.told(page.object_list, _before(release, language, page)),
        "asides": list(queries.set_aside(release)) if not language else [],
        "pair": revisions.pair(one, other) if one and other else None,
        "from": request.GET.get("from", ""), "to": request.GET.get("to", ""),
    }  # fmt: skip
    return render(request, "compose/history.html", context)


def _before(release: Release, language: str, page: Any) -> Revision | None:
    """The last one before those of the page."""
    return queries.line(release, language)[page.end_index() :].first() if page.has_next() else None


def _context(release: Release, language: str) -> dict[str, Any]:
    codes = release.translations.order_by("language").values_list("language", flat=True)
    return {
        "release": release, "language_of": language, "zone": release.organization.portal.time_zone,
        "tongues": [languages.get(code) for code in codes],
    }  # fmt: skip


@for_writers
@cache_control(private=True, no_store=True)
def one_revision(request: HttpRequest, public_id: str, revision: str) -> HttpResponse:
    """What it said, held against what stands there now; a button takes it back."""
    release = release_or_404(request, public_id)
    row = queries.revision(release, revision)
    if row is None or row.way == Way.SENT:
        raise Http404
    now = _number_now(release, row)
    is_open = release.state in EDITABLE if not row.language else release.state != State.WITHDRAWN
    if request.method == "POST" and is_open:
        return _restored(request, release, row)
    names = only(request)
    parts = [part for part in revisions.against_now(release, row) if not names or part.name in names]
    context = {
        **_context(release, row.language), "row": row, "now": now, "is_open": is_open, "names": names, "parts": parts,
        "is_now": row.number == now and row.way not in queries.BESIDE,
    }  # fmt: skip
    return render(request, "compose/revision.html", context)


def only(request: HttpRequest) -> list[str]:
    """The fields that are asked for alone, of those there are."""
    return [name for name in request.GET.getlist("only") if name in revisions.NAMES]


def _number_now(release: Release, row: Revision) -> int:
    if not row.language:
        return release.revision
    found = queries.translation(release, row.language)
    return found.revision if found else 0


def _restored(request: HttpRequest, release: Release, row: Revision) -> HttpResponse:
    typed = request.POST.get("revision", "")
    try:
        seen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        restore(person_of(request), row, expected_revision=seen, names=only(request))
    except StaleRevision:
        messages.error(request, _("Có người vừa lưu bản này. Hãy xem lại rồi bấm lần nữa."))
        return redirect("compose:revision", release.public_id, row.public_id)
    except Suspended:
        messages.error(request, said_of_suspended())
    except (WrongState, NotALanguage):
        messages.error(request, _("Thông cáo này vừa được gửi đi nên không sửa được nữa."))
    else:
        messages.success(request, _("Đã lấy lại. Bản vừa thay vẫn còn trong lịch sử."))
    if row.language:
        return redirect("compose:translation", release.public_id, row.language)
    return redirect("compose:edit", release.public_id)
