"""Moves every issue on by a step; run as often as one likes, and it may die at any line."""

from datetime import datetime

from loa.lib import clock
from loa.mail import queries as mail
from loa.newsletters import queries
from loa.newsletters.actions.address import address
from loa.newsletters.actions.finish import finish
from loa.newsletters.actions.keep_hours import keep_hours
from loa.newsletters.actions.rebuild import rebuild
from loa.newsletters.actions.start import start


def send_out() -> int:
    """See to what was called back, begin what is due, address and finish what is on its way; returns how much moved."""
    now: datetime = clock.now()
    moved = sum(rebuild(mailing) for mailing in mail.mailings_called_back("newsletters:issue:"))
    moved += sum(start(issue) for issue in queries.due_issues(now))
    moved += keep_hours(now)
    for issue in queries.on_their_way():
        moved += address(issue)
        moved += finish(issue)
    return moved
