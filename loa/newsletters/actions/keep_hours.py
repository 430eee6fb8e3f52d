"""Holds advertising outside its hours (Decree 91)."""

from datetime import datetime

from loa.audit.actions.record import SYSTEM
from loa.mail.actions.pause import pause
from loa.mail.actions.resume import resume
from loa.mail.models import Mailing
from loa.newsletters import rules
from loa.newsletters.models import Issue, State


def keep_hours(issue: Issue, now: datetime) -> None:
    """Pause and resume as the hours want it at this moment (UTC); done twice, nothing changes.

    News is paused and resumed by people alone.
    """
    if issue.state != State.SENDING or not issue.is_advertising:
        return
    mailing = Mailing.objects.get(key=issue.mailing_key)
    is_held = issue.is_paused or not rules.may_leave(issue, now)
    if is_held and not mailing.is_paused:
        pause(SYSTEM, mailing)
    elif mailing.is_paused and not is_held:
        resume(SYSTEM, mailing)
