"""Begins to send an issue whose time has come."""

from django.db import transaction

from loa.audit.actions.record import SYSTEM, record
from loa.edge.actions.purge import purge
from loa.lib import clock
from loa.newsletters import queries
from loa.newsletters.actions.open_round import open_round
from loa.newsletters.errors import WrongState
from loa.newsletters.models import Issue, State
from loa.portals.models import Portal


def start(issue: Issue) -> bool:
    """Give it its number and open its mailing; with nothing left to read it is a draft again. False: it was not due."""
    with transaction.atomic():
        # Whoever numbers an issue of this portal waits here, so that numbers have no gaps and none comes twice.
        Portal.objects.select_for_update().get(pk=issue.portal_id)
        try:
            locked = queries.held(issue, State.SCHEDULED)
        except WrongState:  # taken back, or another worker was quicker
            return False
        now = clock.now()
        if locked.scheduled_at is None or locked.scheduled_at > now:
            return False
        if not locked.is_for_press:
            locked.number = queries.last_number(locked.portal_id, locked.language) + 1
        locked.state, locked.sent_at = State.SENDING, now
        locked.round, locked.reached_id, locked.is_sealed = 1, 0, False
        if not open_round(locked):
            locked.number, locked.state, locked.sent_at, locked.scheduled_at = None, State.DRAFT, None, None
            locked.round = 0
        locked.save()
        purge(["newsletter"])
        act = "start" if locked.round else "return"
        record(SYSTEM, act=act, subject=f"issue:{locked.public_id}", detail={"number": locked.number})
    return True
