"""Ends the sending of an issue for good."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.mail.actions.stop import stop as stop_mailing
from loa.mail.models import Mailing
from loa.newsletters import queries
from loa.newsletters.models import Issue, State


def stop(actor: Actor, issue: Issue) -> None:
    """Let nothing more of it leave, from the next mail on; it stays in the archive. Raises WrongState."""
    with transaction.atomic():
        locked = queries.held(issue, State.SENDING)
        Issue.objects.filter(pk=locked.pk).update(state=State.STOPPED, is_paused=False)
        stop_mailing(actor, Mailing.objects.get(key=locked.mailing_key))
        record(actor, act="stop", subject=f"issue:{locked.public_id}")
