"""Lets a paused issue go on."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.mail.actions.resume import resume as resume_mailing
from loa.mail.models import Mailing
from loa.newsletters import queries
from loa.newsletters.models import Issue, State


def resume(actor: Actor, issue: Issue) -> None:
    """Go on where it was; advertising waits for its hours. Raises WrongState."""
    with transaction.atomic():
        locked = queries.held(issue, State.SENDING)
        Issue.objects.filter(pk=locked.pk).update(is_paused=False)
        resume_mailing(actor, Mailing.objects.get(key=locked.mailing_key))
        record(actor, act="resume", subject=f"issue:{locked.public_id}")
