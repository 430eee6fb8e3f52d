"""Holds an issue that is being sent."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.mail.actions.pause import pause as pause_mailing
from loa.mail.models import Mailing
from loa.newsletters import queries
from loa.newsletters.models import Issue, State


def pause(actor: Actor, issue: Issue) -> None:
    """Let nothing more of it leave; what is on its way at this moment still arrives. Raises WrongState."""
    with transaction.atomic():
        locked = queries.held(issue, State.SENDING)
        Issue.objects.filter(pk=locked.pk).update(is_paused=True)
        pause_mailing(actor, Mailing.objects.get(key=locked.mailing_key))
        record(actor, act="pause", subject=f"issue:{locked.public_id}")
