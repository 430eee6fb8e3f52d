"""Notes that an issue has been sent to the last recipient."""

from dataclasses import asdict

from loa.lib import clock
from loa.mail import queries as mail
from loa.mail.models import Mailing
from loa.newsletters import queries
from loa.newsletters.models import Issue, State


def finish(issue: Issue) -> bool:
    """Write down its figures once nothing waits and nothing is in hand; what was stopped stays stopped."""
    mailing = Mailing.objects.get(key=issue.mailing_key)
    is_called_back = mailing.about.filter(called_back_at__isnull=False).exists()
    if mailing.finished_at is None or is_called_back:
        return False
    at_sender = mailing.state == Mailing.State.STOPPED and mail.not_reached(mailing).exists()
    was_stopped = at_sender or issue.state == State.STOPPED
    state = State.STOPPED if was_stopped else State.SENT
    rows = Issue.objects.filter(pk=issue.pk, state=issue.state, round=issue.round, finished_at=None)
    figures = asdict(queries.report(issue))
    return rows.update(state=state, finished_at=clock.now(), figures=figures) == 1
