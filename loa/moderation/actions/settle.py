"""Settle: a moderator has seen to a reader's report."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.moderation.emails import note_settled
from loa.moderation.models import Report


def settle(moderator: Person, found: Report) -> None:
    """Takes a report out of the queue; twice does nothing more."""
    with transaction.atomic():
        if Report.objects.filter(pk=found.pk, settled_at=None).update(settled_at=clock.now()):
            note_settled(found)
            record(actor(moderator), act="settle", subject=f"report:{found.public_id}")
