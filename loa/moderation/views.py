"""The queue of releases and reports; whoever is not on the desk finds nothing here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.models import Person
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.report import settle
from loa.moderation.actions.send_back import send_back
from loa.moderation.forms import SendBackForm
from loa.portals.models import Portal
from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Release
from loa.releases.queries import waiting


def for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Others get the page of what is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_staff):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _portal(request: HttpRequest) -> Portal:
    return cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost


def _waiting(request: HttpRequest, public_id: str) -> Release:
    release = queries.get_waiting(_portal(request).pk, public_id)
    if release is None:
        raise Http404
    return release


@for_staff
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, and what readers reported."""
    portal_id = _portal(request).pk
    context = {"releases": waiting(portal_id), "reports": queries.reports(portal_id)}
    return render(request, "moderation/queue.html", context)


@for_staff
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """One release: its text, a button that publishes, a form that sends it back."""
    release = _waiting(request, public_id)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        try:
            send_back(cast("Person", request.user), release, reason=form.cleaned_data["reason"])
            messages.success(request, _("Đã gửi lại cho người viết."))
        except WrongState:
            messages.error(request, _("Người khác vừa xử lý thông cáo này."))
        return redirect("moderation:queue")
    status = 400 if form.is_bound else 200
    return render(request, "moderation/review.html", {"release": release, "form": form}, status=status)


@for_staff
@require_POST
def approve_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publishes what waits."""
    try:
        approve(cast("Person", request.user), _waiting(request, public_id))
        messages.success(request, _("Đã đăng."))
    except WrongState:
        messages.error(request, _("Người khác vừa xử lý thông cáo này."))
    except Suspended:
        messages.error(request, _("Tổ chức này đang tạm ngưng."))
    return redirect("moderation:queue")


@for_staff
@require_POST
def settle_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A moderator has seen to a report."""
    found = queries.reports(_portal(request).pk).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    settle(found)
    return redirect("moderation:queue")
