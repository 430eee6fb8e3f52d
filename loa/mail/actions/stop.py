"""Ends a mailing for good: the kill switch."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.mail.models import Mailing


def stop(actor: Actor, mailing: Mailing) -> None:
    """Let nothing more of it leave, from the next message on; done twice, nothing changes.

    One row is changed here, however many recipients wait; the sender writes them down as cancelled, page by page.
    """
    with transaction.atomic():
        if Mailing.objects.filter(pk=mailing.pk).exclude(state=Mailing.State.STOPPED).update(**STOPPED):
            record(actor, act="mail.stop", subject=f"mailing:{mailing.public_id}")
    mailing.refresh_from_db()


STOPPED = {"state": Mailing.State.STOPPED, "finished_at": None}
