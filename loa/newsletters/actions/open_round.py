"""Opens the mailing of an issue's round, in the transaction of the act that begins it."""

from loa.audit.actions.record import SYSTEM
from loa.mail.actions.pause import pause
from loa.newsletters import emails
from loa.newsletters.models import Issue


def open_round(issue: Issue) -> bool:
    """Say whether there is anything left to send; the mailing of a paused issue begins paused."""
    opened = emails.mailing(issue)
    if opened is not None and issue.is_paused:
        pause(SYSTEM, opened)
    return opened is not None
