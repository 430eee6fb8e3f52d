"""An organization's own page about its plan: members look, owners act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.accounts.views import person_of
from loa.organizations.errors import NotOwner
from loa.organizations.models import Organization
from loa.organizations.queries import is_owner
from loa.plans import queries
from loa.plans.actions.cancel import cancel, resume
from loa.plans.actions.choose_next import choose_next
from loa.plans.errors import NoTerm, NotOffered
from loa.plans.rules import order_path
from loa.plans.views import organization_or_404
from loa.portals.middleware import portal_of

SHOWN = 30  # rows of what was spent


@login_required
@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is, what is used, when it ends, what it went on; and what may be chosen."""
    organization = organization_or_404(request, slug)
    standing = queries.standing(organization)
    spent = Paginator(queries.spendings(organization), SHOWN).get_page(request.GET.get("page"))
    credit = queries.credit_price(organization.portal_id)
    context = {
        "organization": organization, "standing": standing, "is_owner": is_owner(person_of(request), organization),
        "terms": queries.coming(organization), "choices": queries.choices(organization, standing),
        "credit": credit, "credit_path": order_path(organization, credit) if credit else "",
        "spent": [queries.spent_on(row) for row in spent], "spent_pages": spent, "zone": portal_of(request).time_zone,
    }  # fmt: skip
    return render(request, "plans/mine.html", context)


@login_required
@require_POST
def cancel_one(request: HttpRequest, slug: str) -> HttpResponse:
    """One click; the term stays to its end."""
    organization = organization_or_404(request, slug)
    said = _("Đã ghi nhận: gói dừng khi kỳ này kết thúc, và chúng tôi không nhắc nữa.")
    return _done(request, organization, lambda: cancel(person_of(request), organization), said)


@login_required
@require_POST
def resume_one(request: HttpRequest, slug: str) -> HttpResponse:
    """Undoes it."""
    organization = organization_or_404(request, slug)
    said = _("Đã bỏ lời hủy; chúng tôi sẽ nhắc trước khi kỳ này kết thúc.")
    return _done(request, organization, lambda: resume(person_of(request), organization), said)


@login_required
@require_POST
def choose_one(request: HttpRequest, slug: str) -> HttpResponse:
    """What they wish for afterwards."""
    organization = organization_or_404(request, slug)
    wanted = request.POST.get("plan", "")
    said = _("Đã ghi nhận gói cho kỳ sau. Trước khi kỳ này kết thúc, chúng tôi gửi thư kèm đường tới trang đặt.")
    return _done(request, organization, lambda: choose_next(person_of(request), organization, wanted), said)


def _done(request: HttpRequest, organization: Organization, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except NotOwner:
        messages.error(request, _("Chỉ chủ tài khoản đổi được gói. Hãy nhờ họ."))
    except NoTerm:
        messages.error(request, _("Tổ chức không còn gói nào đang dùng."))
    except NotOffered:
        messages.error(request, _("Gói này không còn được bán. Hãy chọn gói khác."))
    else:
        messages.success(request, said)
    return redirect("plans:mine", organization.slug)
