"""Notes that an account was entered by the way for who lost theirs; for a day it publishes nothing."""

from django.db import transaction

from loa.accounts.models import Person, Recovery
from loa.accounts.queries import actor
from loa.accounts.rules import COOL_DOWN
from loa.audit.actions.record import record
from loa.lib import clock


def recover(person: Person, way: str) -> Recovery:
    """The row; the worker tells the owners of the person's organizations from it."""
    with transaction.atomic():
        now = clock.now()
        row = Recovery.objects.create(person=person, way=way, at=now, until=now + COOL_DOWN)
        record(actor(person), act="recover", subject=f"person:{person.pk}", detail={"way": way, "until": row.until})
        return row
