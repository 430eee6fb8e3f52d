"""Opens advertising for the hours of another day (Decree 91); the sender holds it when they end."""

from datetime import datetime

from loa.mail import queries as mail
from loa.mail.actions.open_until import open_until
from loa.newsletters import queries, rules


def keep_hours(now: datetime) -> int:
    """Open what had closed if its hours have come at this moment (UTC), whoever is paused stays so; returns how many.

    What an operator sends again after the issue was finished is seen to as well.
    """
    opened = 0
    for mailing in mail.closed("newsletters:issue:", now):
        issue = queries.of_mailing(mailing)
        until = rules.closes_at(issue, now) if issue else None
        if until is not None and until > now:
            open_until(mailing, until)
            opened += 1
    return opened
