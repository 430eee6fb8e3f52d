"""Lifts the wait after a recovery: an operator knows who it is."""

from django.db import transaction

from loa.accounts.models import Person, Recovery
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock


def lift(operator: Person, person: Person) -> bool:
    """Whether there was a wait to lift."""
    with transaction.atomic():
        now = clock.now()
        lifted = Recovery.objects.filter(person=person, until__gt=now, lifted_at=None).update(lifted_at=now)
        if lifted:
            record(actor(operator), act="lift", subject=f"person:{person.pk}")
        return bool(lifted)
