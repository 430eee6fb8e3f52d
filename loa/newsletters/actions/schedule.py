"""Lets an issue go out at a time; until then it can be taken back."""

from datetime import datetime

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.newsletters import queries
from loa.newsletters.errors import NotReady, StaleRevision
from loa.newsletters.models import Issue, State
from loa.newsletters.rules import UNDO


def schedule(
    actor: Actor, issue: Issue, *, at: datetime | None = None, reasons: list[str], expected_revision: int
) -> Issue:
    """Put a draft on its way for a moment (UTC), or for a minute from now; the worker takes it from there.

    `reasons` are those the page showed (`rules.reasons_not_to_send`, which draws the mail: too slow for a
    transaction, and true of this revision alone). Raises NotReady, StaleRevision, WrongState.
    """
    if reasons:
        raise NotReady(reasons)
    with transaction.atomic():
        locked = queries.held_draft(issue)
        if locked.revision != expected_revision:
            raise StaleRevision
        locked.state = State.SCHEDULED
        locked.scheduled_at = max(at, clock.now()) if at else clock.now() + UNDO
        locked.changed_by = actor.label[:200]
        locked.save(update_fields=["state", "scheduled_at", "changed_by"])
        record(actor, act="schedule", subject=f"issue:{issue.public_id}", detail={"at": locked.scheduled_at})
    return locked
