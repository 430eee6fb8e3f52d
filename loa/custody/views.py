"""The operator's page about backups, and an organization's own: everything of it as one file."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loa.accounts.views import for_operator, person_of
from loa.accounts.views.step_up import steps_up
from loa.custody.actions.ask import ask
from loa.custody.actions.pack import KEPT
from loa.custody.models import Backup, Parcel
from loa.custody.rules import OLDEST, read_retention
from loa.lib import clock
from loa.limits.actions.take import take
from loa.media.door import send
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of

SHOWN = 60


@for_operator
@require_safe
@cache_control(private=True, no_store=True)
def backups(request: HttpRequest) -> HttpResponse:
    """The last ones, and what is wrong in a plain sentence."""
    portal = portal_of(request)
    latest = Backup.objects.exclude(made_at=None).order_by("-made_at").first()
    is_old = latest is None or latest.made_at is None or clock.now() - latest.made_at > OLDEST
    context = {
        "rows": Backup.objects.order_by("-begun_at")[:SHOWN], "latest": latest, "is_old": is_old,
        "folder": settings.LOA_BACKUP_FOLDER, "keys": settings.LOA_BACKUP_KEYS, "zone": portal.time_zone,
        "retention": read_retention(settings.LOA_BACKUP_KEEP), "now": clock.now(),
    }  # fmt: skip
    return render(request, "custody/backups.html", context)


TAKEN_A_DAY = 5


def parcels_folder() -> Path:
    """Where parcels lie until they are fetched."""
    return Path(settings.LOA_HOME) / "parcels"


def _own(request: HttpRequest, slug: str) -> Organization:
    """The organization, for its owner; anybody else finds nothing."""
    portal, person = portal_of(request), person_of(request)
    found = organizations.get_for_member(person, slug, portal_id=portal.pk)
    if found is None or not organizations.is_owner(person, found):
        raise Http404
    return found


@login_required
@cache_control(private=True, no_store=True)
@steps_up
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """What an owner can take along, how far it is, and the way to it."""
    organization = _own(request, slug)
    if request.method == "POST":
        if take(f"custody.parcel:{organization.pk}", limit=TAKEN_A_DAY, seconds=86_400):
            ask(person_of(request), organization)
        else:
            messages.error(request, _("Hôm nay đã đóng gói nhiều lần. Gói làm gần nhất vẫn tải được; mai hãy thử lại."))
        return redirect("custody:own", slug)
    portal = portal_of(request)
    parcels = Parcel.objects.filter(organization=organization).order_by("-asked_at")[:10]
    context = {
        "organization": organization, "parcels": parcels, "zone": portal.time_zone, "days": KEPT.days,
        "waiting": any(one.packed_at is None and one.failed_at is None for one in parcels),
    }  # fmt: skip
    return render(request, "custody/own.html", context)


@login_required
@require_safe
def parcel(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """The file, sent in pieces; a download that broke off goes on where it was."""
    organization = _own(request, slug)
    found = Parcel.objects.filter(organization=organization, public_id=public_id).exclude(packed_at=None).first()
    path = parcels_folder() / f"{public_id}.zip"
    if found is None or not path.is_file():
        raise Http404
    name = f"{slug}-{found.asked_at:%Y-%m-%d}.zip"
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return send(request, path, headers)
