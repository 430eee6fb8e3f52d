"""Schedule: what may go out waits for its time, and the worker publishes it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import actor, waits_until
from loa.audit.actions.record import Actor, record
from loa.jobs.wake import wake
from loa.lib import clock
from loa.releases.actions.move import move
from loa.releases.models import Release
from loa.releases.states import State


def schedule(who: Actor, release: Release) -> Release:
    """Whatever its time is: one that is past makes it go out at once, none is `LOA_UNDO` seconds from now.

    Raises WrongState, Suspended.
    """
    with transaction.atomic():
        locked = move(release, "schedule")
        if locked.publish_at is None:
            locked.publish_at, locked.publish_zone = clock.now() + timedelta(seconds=settings.LOA_UNDO), ""
        _keep(who, locked)
    return locked


def reschedule(person: Person, release: Release, *, at: datetime | None, zone: str) -> Release:
    """Another time (UTC, as the clocks of `zone` said it), or none: as soon as it may, with a moment to stop it.

    It is this person's to answer for from now on. What waits for a moderator goes on waiting.
    Raises WrongState, Suspended, CoolingDown.
    """
    if until := waits_until(actor(person)):
        raise CoolingDown(until)
    with transaction.atomic():
        before = Release.objects.select_for_update().get(pk=release.pk).state
        locked = move(release, "schedule")
        locked.publish_at, locked.publish_zone, locked.sent_by = at, zone if at else "", person
        if before == State.SUBMITTED:
            locked.state = before
        elif at is None:
            locked.publish_at = clock.now() + timedelta(seconds=settings.LOA_UNDO)
        _keep(actor(person), locked)
    return locked


def _keep(who: Actor, locked: Release) -> None:
    locked.held_for = ""
    locked.save()
    detail = {"at": locked.publish_at.isoformat() if locked.publish_at else "", "zone": locked.publish_zone}
    record(who, act="schedule", subject=f"release:{locked.public_id}", detail=detail)
    transaction.on_commit(wake)
