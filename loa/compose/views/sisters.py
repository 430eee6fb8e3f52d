"""The door of the sisters: in which other portals' lists a published release stands too."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.archive.models import CrossListing
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.portals import queries as portals
from loa.portals.models import Portal
from loa.releases.actions.offer_listing import offer_listing
from loa.releases.actions.take_back_listing import take_back_listing
from loa.releases.errors import NotTaken, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.rules import may_be_listed
from loa.ui.language import language_of


@for_writers
@steps_up
def sisters(request: HttpRequest, public_id: str) -> HttpResponse:
    """Each sister that takes releases of others, what it said to this one, and a button."""
    release = release_or_404(request, public_id)
    if not may_be_listed(release):
        raise Http404
    if request.method == "POST":
        return _pressed(request, release)
    there = {row.portal_id: row for row in CrossListing.objects.filter(entry=release.entry_id)}
    rows = [_row(one, there.get(one.pk), language_of(request)) for one in portals.taking(release.organization.portal)]
    context = {"release": release, "organization": release.organization, "rows": rows}
    return render(request, "compose/sisters.html", context)


def _row(portal: Portal, listing: CrossListing | None, language: str) -> dict[str, object]:
    state = CrossListing.State(listing.state) if listing is not None else None
    live, final = ("asked", "listed"), ("refused", "removed")
    return {
        "portal": portal, "place": portal.in_words(portal.place, language), "said": state.label if state else "",
        "may_take_back": state in live, "may_offer": state is None or state not in (*live, *final),
        "is_read_first": portal.takes == "ask",
    }  # fmt: skip


def _pressed(request: HttpRequest, release: Release) -> HttpResponse:
    portal, person = get_object_or_404(Portal, slug=request.POST.get("portal", "")[:50]), person_of(request)
    try:
        if "back" in request.POST:
            take_back_listing(person, release, portal)
            messages.success(request, _("Đã thôi đăng ở %(name)s.") % {"name": portal.name})
        elif offer_listing(person, release, portal) == "listed":
            messages.success(request, _("%(name)s đã đăng thông cáo này.") % {"name": portal.name})
        else:
            messages.success(request, _("Đã gửi tới biên tập viên của %(name)s.") % {"name": portal.name})
    except (NotTaken, WrongState):
        messages.error(request, _("%(name)s không nhận thông cáo này.") % {"name": portal.name})
    except Suspended:
        messages.error(request, _("Tổ chức đang tạm ngưng nên chưa gửi được."))
    return redirect("compose:sisters", release.public_id)
