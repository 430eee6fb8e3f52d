"""Lets a paused mailing go on."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.jobs.wake import wake
from loa.mail.models import Mailing


def resume(actor: Actor, mailing: Mailing) -> None:
    """Go on where it was; done twice, nothing changes."""
    with transaction.atomic():
        if Mailing.objects.filter(pk=mailing.pk, is_paused=True).update(is_paused=False):
            record(actor, act="mail.resume", subject=f"mailing:{mailing.public_id}")
            transaction.on_commit(wake)
    mailing.refresh_from_db()
