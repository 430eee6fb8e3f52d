"""Answer an offer: the desk has seen to a request, and keeps what was agreed."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.plans.models import OfferRequest


def answer_offer(person: Person, request: OfferRequest, *, answer: str) -> None:
    """A second answer takes the place of the first; each is in the record."""
    with transaction.atomic():
        kept = OfferRequest.objects.select_for_update().get(pk=request.pk)
        kept.answered_at, kept.answered_by, kept.answer = clock.now(), person, answer
        kept.save()
        detail = {"answer": answer}
        record(actor(person), act="answer_offer", subject=f"offer:{kept.public_id}", detail=detail)
