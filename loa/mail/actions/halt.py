"""Stops a lane of the whole installation, and lets it run again."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.jobs.wake import wake
from loa.lib import clock
from loa.mail.models import Halt, Lane


def halt(actor: Actor, lane: str = Lane.NEWS) -> None:
    """Let nothing more of this lane leave, from the next message on; done twice, nothing changes."""
    with transaction.atomic():
        _, is_new = Halt.objects.get_or_create(lane=Lane(lane), defaults={"at": clock.now()})
        if is_new:
            record(actor, act="mail.halt", subject=f"lane:{lane}")


def go_on(actor: Actor, lane: str = Lane.NEWS) -> None:
    """Let the lane run again; done twice, nothing changes."""
    with transaction.atomic():
        if Halt.objects.filter(lane=lane).delete()[0]:
            record(actor, act="mail.go_on", subject=f"lane:{lane}")
            transaction.on_commit(wake)
