"""Doors of coverage: of everything an organization sent, of one release, and one page to look at."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.coverage import queries, rules, sheet
from loa.coverage.actions.add import add
from loa.coverage.actions.confirm import confirm
from loa.coverage.actions.remove import remove
from loa.coverage.errors import AlreadyThere, NotAWebAddress, OwnPage, TooMany
from loa.coverage.forms import AddForm, ClippingForm
from loa.coverage.models import Clipping
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.models import Portal

A_PAGE = 50


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _own(request: HttpRequest, slug: str) -> Organization:
    portal = cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost
    found = organizations.get_for_member(_person(request), slug, portal_id=portal.pk)
    if found is None:
        raise Http404
    return found


def _entry(request: HttpRequest, slug: str, public_id: str) -> tuple[Organization, Entry]:
    portal = cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost
    found = queries.get_for_member(_person(request), slug, public_id, portal=portal)
    if found is None:
        raise Http404
    return found


def _clipping(entry: Entry, public_id: str) -> Clipping:
    row = queries.of(entry).select_related("entry").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


@login_required
@require_safe
def of_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """What counts of all its releases, the newest first."""
    organization = _own(request, slug)
    page = Paginator(queries.confirmed(organization.pk), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization, "page": page, "waiting": queries.waiting(organization.pk),
        "zone": organization.portal.time_zone,
    }  # fmt: skip
    return render(request, "coverage/organization.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_release(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What is written down about one release, and a field for one more."""
    organization, entry = _entry(request, slug, public_id)
    form = AddForm(request.POST or None)
    if form.is_valid():
        try:
            add(_person(request), entry, typed=form.cleaned_data["url"])
        except (NotAWebAddress, OwnPage, AlreadyThere, TooMany) as error:
            form.add_error("url", _why_not(error))
        else:
            messages.success(request, _("Đã ghi địa chỉ. Hãy xem lại tít và tên báo bên dưới."))
            return redirect("coverage:release", slug, public_id)
    rows = [_shown(row) for row in queries.of(entry)]
    context = {
        "organization": organization, "entry": entry, "form": form, "rows": rows,
        "is_reading": any(row["is_reading"] for row in rows), "zone": organization.portal.time_zone,
    }  # fmt: skip
    return render(request, "coverage/release.html", context, status=400 if form.errors else 200)


def _why_not(error: Exception) -> str:
    said = {
        NotAWebAddress: _(
            "Đây không phải địa chỉ của một trang web. Hãy chép như https://bao.example.vn/bai-viet.html."
        ),
        OwnPage: _("Đây là trang của chính cổng này hoặc của chính bên gửi, nên không tính là nơi khác đăng."),
        AlreadyThere: _("Địa chỉ này đã có trong danh sách."),
        TooMany: _("Đã nhiều quá: mỗi thông cáo giữ 200 địa chỉ, mỗi giờ bạn thêm được 60. Hãy thử lại sau."),
    }
    return said[type(error)]


def _shown(row: Clipping) -> dict[str, object]:
    return {
        "row": row, "is_reading": row.read_at is None and row.confirmed_at is None,
        "trouble": rules.TROUBLES.get(row.trouble, ""),
    }  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, public_id: str, clipping: str) -> HttpResponse:
    """One page: what the worker read of it, for somebody to say yes to or to correct."""
    organization, entry = _entry(request, slug, public_id)
    row = _clipping(entry, clipping)
    initial = {"title": row.title, "outlet": row.outlet, "published_on": row.published_on}
    form = ClippingForm(request.POST or None, initial=initial)
    if form.is_valid():
        confirm(_person(request), row, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("coverage:release", slug, public_id)
    context = {"organization": organization, "entry": entry, "form": form, **_shown(row)}
    return render(request, "coverage/one.html", context, status=400 if form.is_bound else 200)


@login_required
@require_POST
def take_off(request: HttpRequest, slug: str, public_id: str, clipping: str) -> HttpResponse:
    """It goes from the list."""
    _organization, entry = _entry(request, slug, public_id)
    remove(_person(request), _clipping(entry, clipping))
    messages.success(request, _("Đã bỏ khỏi danh sách."))
    return redirect("coverage:release", slug, public_id)


@login_required
@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that counts, a line each (RFC 4180, UTF-8 with a mark for spreadsheets)."""
    organization = _own(request, slug)
    answer = HttpResponse(sheet.table(organization), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{organization.slug}-coverage.csv"'
    return answer
