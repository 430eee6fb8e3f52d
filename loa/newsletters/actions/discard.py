"""Throws a draft away."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.newsletters import queries
from loa.newsletters.models import Issue


def discard(actor: Actor, issue: Issue) -> None:
    """Delete a draft; done twice, nothing changes. Raises WrongState once it is on its way."""
    with transaction.atomic():
        if not Issue.objects.filter(pk=issue.pk).exists():
            return
        queries.held_draft(issue).delete()
        record(actor, act="discard", subject=f"issue:{issue.public_id}", detail={"subject": issue.subject})
