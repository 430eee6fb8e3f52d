"""Ask for an offer: somebody wants terms of their own."""

from django.db import transaction

from loa.lib import vietnamese
from loa.plans import emails
from loa.plans.models import OfferRequest
from loa.portals.models import Portal


def ask_for_offer(portal: Portal, *, language: str, said: dict[str, str]) -> OfferRequest:
    """Keeps what they wrote and tells whoever answers; `said` holds the words by field."""
    words = {name: vietnamese.kept(text.strip()) for name, text in said.items()}
    with transaction.atomic():
        request = OfferRequest.objects.create(portal=portal, language=language, **words)
        emails.ask_for_offer(request)
    return request
