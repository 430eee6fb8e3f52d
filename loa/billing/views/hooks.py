"""Where a bank's provider tells that money came: `POST /hooks/bank/<provider>`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from loa.audit.actions.record import Actor
from loa.billing.actions.take_transfer import take_transfer
from loa.billing.providers.reading import Incoming, Refused, Unreadable
from loa.billing.providers.table import PROVIDERS
from loa.billing.queries import orders
from loa.lib import clock
from loa.limits.actions.take import take
from loa.limits.rules import address_of
from loa.portals.middleware import portal_of

LARGEST = 262_144  # bytes
MOST_REFUSED = 60  # an hour, from one network


@csrf_exempt
@require_POST
def bank(request: HttpRequest, provider: str) -> HttpResponse:
    """Takes every transfer to an account of this portal's seller; told again, it changes nothing.

    The body is read to the byte before anything in it is believed: it is what was signed.
    """
    known = PROVIDERS.get(provider)
    if known is None:
        raise Http404
    secret = settings.LOA_BANK_SECRETS.get(provider)
    if not secret:
        return _no(403, f"LOA_BANK_SECRETS names no secret for {provider}")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _no(413, "too long")
    try:
        known.verify(
            {name.lower(): value for name, value in request.headers.items()}, request.body, secret, clock.now()
        )
        told = known.read(request.body)
    except Refused as reason:
        # Who guesses is slowed down; who is right is never counted.
        is_allowed = take(f"billing.hook:{_network(request)}", limit=MOST_REFUSED, seconds=3600)
        return _no(401, str(reason)) if is_allowed else _no(429, "too many refused")
    except Unreadable as reason:
        return _no(400, str(reason))
    return _taken(request, provider, told)


def _taken(request: HttpRequest, provider: str, told: list[Incoming]) -> HttpResponse:
    portal = portal_of(request)
    ours = [one for one in told if one.amount > 0 and orders.has_account(portal, one.account)]
    for one in ours:
        take_transfer(Actor(f"bank:{provider}", provider), portal, one, provider=provider)
    return JsonResponse({"success": True, "taken": len(ours), "ignored": len(told) - len(ours)})


def _no(status: int, reason: str) -> HttpResponse:
    return JsonResponse({"success": False, "error": reason}, status=status)


def _network(request: HttpRequest) -> str:
    return address_of(request.META, settings.LOA_PROXIES)
