"""Holds a mailing; what is on its way at this moment still arrives."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.mail.models import Mailing


def pause(actor: Actor, mailing: Mailing) -> None:
    """Let nothing more of it leave until it is resumed; done twice, nothing changes."""
    with transaction.atomic():
        if Mailing.objects.filter(pk=mailing.pk, is_paused=False).update(is_paused=True):
            record(actor, act="mail.pause", subject=f"mailing:{mailing.public_id}")
    mailing.refresh_from_db()
