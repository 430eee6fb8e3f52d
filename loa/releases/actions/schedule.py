"""Schedule: what may go out waits for its time, and the worker publishes it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from loa.accounts.errors import CoolingDown
from loa.accounts.queries import waits_until
from loa.audit.actions.record import Actor, record
from loa.jobs.wake import wake
from loa.lib import clock
from loa.releases.actions.move import move
from loa.releases.models import Release
from loa.releases.states import State


def schedule(actor: Actor, release: Release) -> Release:
    """Whatever its time is: one that is past makes it go out at once, none is `LOA_UNDO` seconds from now.

    Raises WrongState, Suspended.
    """
    with transaction.atomic():
        locked = move(release, "schedule")
        if locked.publish_at is None:
            locked.publish_at, locked.publish_zone = clock.now() + timedelta(seconds=settings.LOA_UNDO), ""
        _keep(actor, locked)
    return locked


def reschedule(actor: Actor, release: Release, *, at: datetime | None, zone: str) -> Release:
    """Another time (UTC, as the clocks of `zone` said it), or none: as soon as it may, with a moment to stop it.

    What waits for a moderator goes on waiting. Raises WrongState, Suspended, CoolingDown.
    """
    if until := waits_until(actor):
        raise CoolingDown(until)
    with transaction.atomic():
        before = Release.objects.select_for_update().get(pk=release.pk).state
        locked = move(release, "schedule")
        locked.publish_at, locked.publish_zone = at, zone if at else ""
        if before == State.SUBMITTED:
            locked.state = before
        elif at is None:
            locked.publish_at = clock.now() + timedelta(seconds=settings.LOA_UNDO)
        _keep(actor, locked)
    return locked


def _keep(actor: Actor, locked: Release) -> None:
    locked.held_for = ""
    locked.save()
    detail = {"at": locked.publish_at.isoformat() if locked.publish_at else "", "zone": locked.publish_zone}
    record(actor, act="schedule", subject=f"release:{locked.public_id}", detail=detail)
    transaction.on_commit(wake)
