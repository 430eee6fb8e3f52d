"""Sends again what is in doubt, because a person decided so."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.jobs.wake import wake
from loa.lib import clock
from loa.mail.errors import CalledBack
from loa.mail.models import Copy, Mailing, Message, State

AGAIN = {"state": State.PENDING, "is_left": False}


def send_again(actor: Actor, message: Message) -> None:
    """Put a message in doubt back among those that wait; one that is not in doubt stays as it is. Raises CalledBack."""
    with transaction.atomic():
        doubtful = Message.objects.filter(pk=message.pk, state=State.IN_DOUBT)
        if doubtful.filter(is_called_back=True).exists():
            raise CalledBack(message.key)
        if doubtful.update(**AGAIN, not_before=clock.now()):
            record(actor, act="mail.send_again", subject=f"message:{message.public_id}")
            transaction.on_commit(wake)


def send_copies_again(actor: Actor, mailing: Mailing) -> int:
    """Put a mailing's copies in doubt back, save those that were called back; returns how many. Raises CalledBack."""
    with transaction.atomic():
        held = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if held.state == Mailing.State.STOPPED:
            raise CalledBack(mailing.key)
        doubtful = Copy.objects.filter(mailing=held, state=State.IN_DOUBT, is_called_back=False, is_left=False)
        if count := doubtful.update(**AGAIN, not_before=clock.now()):
            Mailing.objects.filter(pk=held.pk).update(finished_at=None)
            record(actor, act="mail.send_again", subject=f"mailing:{held.public_id}", detail={"copies": count})
            transaction.on_commit(wake)
    return count
