"""Begins an issue."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.newsletters.models import Issue
from loa.portals.models import Portal


def begin(actor: Actor, *, portal: Portal, language: str) -> Issue:
    """A new draft in a language; it has no number until it goes out."""
    now = clock.now()
    with transaction.atomic():
        issue = Issue.objects.create(
            portal=portal, language=language, begun_at=now, changed_at=now, changed_by=actor.label[:200]
        )
        record(actor, act="begin", subject=f"issue:{issue.public_id}", detail={"language": language})
    return issue
