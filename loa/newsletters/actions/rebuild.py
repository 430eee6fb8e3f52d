"""Goes on with an issue of which something was withdrawn or corrected while it was being sent."""

from django.db import transaction

from loa.audit.actions.record import SYSTEM, record
from loa.mail import queries as mail
from loa.mail.actions.close import close_mailing
from loa.mail.models import Mailing
from loa.newsletters import queries
from loa.newsletters.actions.open_round import open_round
from loa.newsletters.errors import WrongState
from loa.newsletters.models import State


def rebuild(stopped: Mailing) -> bool:
    """Open the next round for whoever the stopped mailing did not reach; with nothing left to read, stop.

    It waits until nothing of the stopped one is in hand: nobody gets two.
    """
    if stopped.finished_at is None:
        return False
    with transaction.atomic():
        found = queries.of_mailing(stopped)
        close_mailing(stopped)
        try:
            issue = queries.held(found, State.SENDING) if found else None
        except WrongState:  # its editor has stopped it
            return False
        if issue is None or issue.mailing_key != stopped.key:
            return False
        if issue.is_sealed and not mail.not_reached(stopped).exists():
            return False
        issue.round += 1
        issue.reached_id, issue.is_sealed = 0, False
        if not open_round(issue):
            issue.round -= 1
            issue.state = State.STOPPED
        issue.save()
        record(SYSTEM, act="rebuild", subject=f"issue:{issue.public_id}", detail={"round": issue.round})
    return True
