"""Lets be what is in doubt, because a person decided so."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.mail.models import Copy, Mailing, Message, State


def leave_it(actor: Actor, message: Message) -> None:
    """Ask no more about a message in doubt; the count of those in doubt stays what it is."""
    with transaction.atomic():
        doubtful = Message.objects.filter(pk=message.pk, state=State.IN_DOUBT, is_left=False)
        if doubtful.update(is_left=True):
            record(actor, act="mail.leave_it", subject=f"message:{message.public_id}")


def leave_copies(actor: Actor, mailing: Mailing) -> int:
    """Ask no more about a mailing's copies in doubt; returns how many."""
    with transaction.atomic():
        doubtful = Copy.objects.filter(mailing=mailing, state=State.IN_DOUBT, is_left=False)
        if count := doubtful.update(is_left=True):
            record(actor, act="mail.leave_it", subject=f"mailing:{mailing.public_id}", detail={"copies": count})
    return count
