"""Recall: what was submitted, or waits for its time, is in its author's hands again, unpublished."""

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
        locked.submitted_at, locked.held_for = None, ""
        if not locked.publish_zone:
            locked.publish_at = None  # nobody chose it; one that was chosen is offered again
        locked.save()
        record(actor(person), act="recall", subject=f"release:{locked.public_id}")
    return locked
