"""Answer: the person is told what will be done, or that it is being looked at."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.privacy import emails
from loa.privacy.errors import Closed
from loa.privacy.models import DataRequest, Step


def answer(person: Person, request: DataRequest, *, text: str) -> None:
    """The words go out by mail; the first answer stops the first clock. Raises Closed."""
    now = clock.now()
    with transaction.atomic():
        held = DataRequest.objects.select_for_update().get(pk=request.pk)
        if held.closed_at is not None:
            raise Closed
        step = Step.objects.create(request=held, kind=Step.Kind.ANSWER, text=text, person=person, at=now)
        DataRequest.objects.filter(pk=held.pk, answered_at=None).update(answered_at=now)
        emails.answer(held, step)
        record(actor(person), act="privacy.answer", subject=f"data_request:{held.public_id}")
