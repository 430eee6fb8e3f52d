"""Close: what was asked is done, in part or not at all, and the person is told so with the reason."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.privacy import emails
from loa.privacy.errors import Closed
from loa.privacy.models import DataRequest, Step


def close(person: Person, request: DataRequest, *, outcome: str, text: str) -> None:
    """Both clocks stop, and the words go out by mail. Raises Closed."""
    now = clock.now()
    with transaction.atomic():
        held = DataRequest.objects.select_for_update().get(pk=request.pk)
        if held.closed_at is not None:
            raise Closed
        held.closed_at, held.outcome, held.answered_at = now, outcome, held.answered_at or now
        held.save(update_fields=["closed_at", "outcome", "answered_at"])
        step = Step.objects.create(request=held, kind=Step.Kind.CLOSE, text=text, person=person, at=now)
        subject, detail = f"data_request:{held.public_id}", {"outcome": outcome}
        emails.close(held, step)
        record(actor(person), act="privacy.close", subject=subject, detail=detail)
