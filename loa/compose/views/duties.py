"""The door of who approves in an organization, and whether somebody must."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import organization_or_404, said_of_suspended
from loa.organizations import queries
from loa.organizations.actions.require_approval import require_approval
from loa.organizations.actions.set_role import MAY_BE_SET, set_role
from loa.organizations.errors import NotMember, NotOwner, Suspended
from loa.organizations.models import Organization


@for_writers
@steps_up
def duties(request: HttpRequest, slug: str) -> HttpResponse:
    """The members and whether each approves, the rule of the organization, and for owners the buttons."""
    organization = organization_or_404(request, slug)
    if request.method == "POST":
        _change(request, organization)
        return redirect("compose:duties", slug)
    context = {
        "organization": organization,
        "members": [(row, row.role in MAY_BE_SET) for row in queries.members(organization)],
        "is_owner": queries.is_owner(person_of(request), organization),
    }  # fmt: skip
    return render(request, "compose/duties.html", context)


def _change(request: HttpRequest, organization: Organization) -> None:
    member, role = request.POST.get("member", ""), request.POST.get("role", "")
    try:
        if member.isdecimal():
            set_role(person_of(request), organization, int(member), role=role)
        else:
            require_approval(person_of(request), organization, is_required="required" in request.POST)
        messages.success(request, _("Đã lưu."))
    except NotOwner:
        messages.error(request, _("Chỉ chủ tài khoản đổi được điều này. Hãy nhờ họ."))
    except NotMember:
        messages.error(request, _("Không đổi được vai trò này."))
    except Suspended:
        messages.error(request, said_of_suspended())
