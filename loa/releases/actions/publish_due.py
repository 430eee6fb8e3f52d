"""Publish due: what waits for its time goes out when it comes; what may not any more is held, and its people told."""

import logging
import time

from django.db import InterfaceError, OperationalError, transaction

from loa.audit.actions.record import SYSTEM, record
from loa.lib import clock
from loa.plans.errors import AllowanceSpent
from loa.releases import emails, queries
from loa.releases.actions.move import move
from loa.releases.actions.publish import publish
from loa.releases.errors import NoMandate, SenderGone, Suspended, TooEarly, WrongState
from loa.releases.models import Release
from loa.releases.states import Hold

BATCH = 50  # looked up at a time
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds for which one that broke is left out, doubled each time

log = logging.getLogger(__name__)


class Broken:
    """Releases that were due and broke: each is left out for a while, so that it keeps no other."""

    def __init__(self) -> None:
        self._pauses: dict[int, tuple[float, float]] = {}  # key of its row: how long, until when (monotonic seconds)

    def add(self, release: Release) -> None:
        """It broke, perhaps once more."""
        before, _until = self._pauses.get(release.pk, (0.0, 0.0))
        pause = min(LONGEST_PAUSE, before * 2 or FIRST_PAUSE)
        self._pauses[release.pk] = (pause, time.monotonic() + pause)

    def forget(self, release: Release) -> None:
        """It is out, or waits for nobody any more."""
        self._pauses.pop(release.pk, None)

    def left_out(self) -> list[int]:
        """The keys of those whose while is not over."""
        now = time.monotonic()
        return [pk for pk, (_pause, until) in self._pauses.items() if until > now]


def publish_due(broken: Broken | None = None) -> int:
    """Publishes what is due, the longest due first; answers how many went out. It may die at any line, and run twice.

    Never early: publishing asks the time again in its own transaction.
    """
    kept = broken or Broken()
    return sum(_publish(release, kept) for release in queries.due(clock.now(), kept.left_out())[:BATCH])


def _publish(release: Release, broken: Broken) -> bool:
    try:
        is_out = _went_out(release)
    except (OperationalError, InterfaceError):
        raise  # the database is busy or away: the round waits for it
    except Exception:  # whatever one release meets must not keep the others
        log.exception("release %s was due and could not be published; trying again", release.public_id)
        broken.add(release)
        return False
    broken.forget(release)
    return is_out


def _went_out(release: Release) -> bool:
    try:
        publish(SYSTEM, release)
    except AllowanceSpent:
        hold(release, why=Hold.ALLOWANCE)
    except NoMandate:
        hold(release, why=Hold.MANDATE)
    except SenderGone:
        hold(release, why=Hold.SENDER)
    except Suspended:
        hold(release, why=Hold.SUSPENDED)
    except (TooEarly, WrongState):
        return False  # another time was chosen, it was stopped, or another worker was quicker
    else:
        return True
    return False


def hold(release: Release, *, why: str) -> None:
    """Keeps back what was due; its author and owners are told. Twice does nothing more."""
    with transaction.atomic():
        try:
            locked = move(release, "hold")
        except WrongState:
            return
        locked.held_for = why
        locked.save()
        emails.tell_held(locked)
        record(SYSTEM, act="hold", subject=f"release:{locked.public_id}", detail={"why": why})
