"""Makes a draft again of an issue that waits for its time."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.newsletters import queries
from loa.newsletters.models import Issue, State


def take_back(actor: Actor, issue: Issue) -> None:
    """Nothing of it has left. Raises WrongState once sending has begun."""
    with transaction.atomic():
        locked = queries.held(issue, State.SCHEDULED)
        locked.state, locked.scheduled_at = State.DRAFT, None
        locked.save(update_fields=["state", "scheduled_at"])
        record(actor, act="take_back", subject=f"issue:{issue.public_id}")
