"""Answer the named: a moderator says yes or no to somebody named in an entry, and why."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.moderation import emails
from loa.moderation.errors import Settled
from loa.moderation.models import Report
from loa.releases.actions.reply import reply


def answer_named(moderator: Person, report: Report, *, outcome: str, answer: str) -> None:
    """A granted reply stands under the release from now on; a granted correction is asked of its sender by mail.

    Raises Settled where somebody has answered.
    """
    with transaction.atomic():
        open_ones = Report.objects.filter(pk=report.pk, settled_at=None)
        if not open_ones.update(settled_at=clock.now(), outcome=outcome, answer=answer):
            raise Settled
        detail = {"kind": report.kind, "outcome": outcome}
        record(actor(moderator), act="answer_named", subject=f"report:{report.public_id}", detail=detail)
        is_granted = outcome == Report.Outcome.GRANTED
        if is_granted and report.kind == Report.Kind.REPLY:
            reply(actor(moderator), report.entry, key=report.public_id, name=report.name, text=report.reason)
        if is_granted and report.kind == Report.Kind.CORRECTION:
            emails.ask_correction(report, answer=answer)
        emails.answer_named(report, outcome=outcome, answer=answer)
