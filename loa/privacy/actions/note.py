"""Note: something about a request that its asker does not read."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.privacy.models import DataRequest, Step


def note(person: Person, request: DataRequest, *, text: str) -> None:
    """Kept as long as the request is; the record says that there is one, not what it says."""
    with transaction.atomic():
        Step.objects.create(request=request, kind=Step.Kind.NOTE, text=text, person=person, at=clock.now())
        record(actor(person), act="privacy.note", subject=f"data_request:{request.public_id}")
