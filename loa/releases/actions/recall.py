"""Recall: what was submitted is in its author's hands again, unpublished."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.releases.actions.move import move
from loa.releases.models import Release


def recall(person: Person, release: Release) -> Release:
    """Raises WrongState where it is not waiting (any more)."""
    with transaction.atomic():
        locked = move(release, "recall")
        locked.submitted_at = None
        locked.save()
        record(actor(person), act="recall", subject=f"release:{locked.public_id}")
    return locked
