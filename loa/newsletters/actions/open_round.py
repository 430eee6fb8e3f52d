"""Opens the mailing of an issue's round, in the transaction of the act that begins it."""

from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.mail.actions.pause import pause
from loa.newsletters import emails, rules
from loa.newsletters.models import Issue


def open_round(issue: Issue) -> bool:
    """Say whether there is anything left to send; where nothing may leave at this moment, the mailing begins paused."""
    opened = emails.mailing(issue)
    if opened is not None and (issue.is_paused or not rules.may_leave(issue, clock.now())):
        pause(SYSTEM, opened)
    return opened is not None
