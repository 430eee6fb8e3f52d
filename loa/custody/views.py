"""The operator's page about backups: when, how large, whether it comes back, by whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loa.custody.models import Backup
from loa.custody.rules import OLDEST, read_retention
from loa.lib import clock
from loa.portals.models import Portal

SHOWN = 60


def for_operator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever does not run the portal gets the page of what is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_superuser):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_operator
@require_safe
@cache_control(private=True, no_store=True)
def backups(request: HttpRequest) -> HttpResponse:
    """The last ones, and what is wrong in a plain sentence."""
    portal = cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost
    latest = Backup.objects.exclude(made_at=None).order_by("-made_at").first()
    is_old = latest is None or latest.made_at is None or clock.now() - latest.made_at > OLDEST
    context = {
        "rows": Backup.objects.order_by("-begun_at")[:SHOWN], "latest": latest, "is_old": is_old,
        "folder": settings.LOA_BACKUP_FOLDER, "keys": settings.LOA_BACKUP_KEYS, "zone": portal.time_zone,
        "retention": read_retention(settings.LOA_BACKUP_KEEP), "now": clock.now(),
    }  # fmt: skip
    return render(request, "custody/backups.html", context)
