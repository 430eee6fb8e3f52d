"""Publish due: what waits for its time goes out when it comes; what may not any more is held, and its people told."""

import logging

from django.db import DatabaseError, transaction

from loa.audit.actions.record import SYSTEM, record
from loa.lib import clock
from loa.plans.errors import AllowanceSpent
from loa.releases import emails, queries
from loa.releases.actions.move import move
from loa.releases.actions.publish import publish
from loa.releases.errors import NoMandate, Suspended, TooEarly, WrongState
from loa.releases.models import Release
from loa.releases.states import Hold

BATCH = 50  # looked up at a time

log = logging.getLogger(__name__)


def publish_due() -> int:
    """Publishes what is due, the longest due first; answers how many went out. It may die at any line, and run twice.

    Never early: publishing asks the time again in its own transaction.
    """
    return sum(_publish(release) for release in queries.due(clock.now())[:BATCH])


def _publish(release: Release) -> bool:
    try:
        publish(SYSTEM, release)
    except AllowanceSpent:
        hold(release, why=Hold.ALLOWANCE)
    except NoMandate:
        hold(release, why=Hold.MANDATE)
    except Suspended:
        hold(release, why=Hold.SUSPENDED)
    except (TooEarly, WrongState):
        return False  # another time was chosen, it was stopped, or another worker was quicker
    except DatabaseError:
        raise  # the round waits for it
    except Exception:  # whatever one release meets must not keep the others
        log.exception("release %s was due and could not be published; trying again", release.public_id)
        return False
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
