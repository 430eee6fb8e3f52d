"""Sends an issue to the editor who asks, and to nobody else."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.newsletters import emails
from loa.newsletters.models import Issue


def try_out(actor: Actor, issue: Issue, *, to: str) -> None:
    """Queue the issue as it is now for one address."""
    with transaction.atomic():
        emails.trial(issue, to)
        record(actor, act="try_out", subject=f"issue:{issue.public_id}", detail={"to": to})
