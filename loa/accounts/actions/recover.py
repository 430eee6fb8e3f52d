"""Notes that an account was entered by the way for who lost theirs; for a day it publishes nothing."""

from django.db import transaction

from loa.accounts.models import AddressChange, Person, Recovery
from loa.accounts.queries import actor
from loa.accounts.rules import COOL_DOWN
from loa.audit.actions.record import record
from loa.lib import clock


def recover(person: Person, way: str) -> Recovery:
    """The row; the worker tells the owners of the person's organizations from it.

    Another address that was asked for and not confirmed is asked for no more: somebody else may hold that mail.
    """
    with transaction.atomic():
        now = clock.now()
        AddressChange.objects.filter(person=person, changed_at=None, undone_at=None).update(undone_at=now)
        row = Recovery.objects.create(person=person, way=way, at=now, until=now + COOL_DOWN)
        record(actor(person), act="recover", subject=f"person:{person.pk}", detail={"way": way, "until": row.until})
        return row
