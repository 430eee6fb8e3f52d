"""The worker's clock: sleeps until the next release is due, or until somebody changes that."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

from loa.lib import clock
from loa.releases import queries
from loa.releases.actions.publish_due import publish_due

# Seconds it sleeps at most: a clock that was set, or a wake-up from another machine that never came, costs no more.
LONGEST_SLEEP = 2.0

log = logging.getLogger(__name__)


def run(stop: threading.Event, woken: threading.Event) -> None:
    """Publish what is due until told to stop; a busy or absent database only makes it wait."""
    while not stop.is_set():
        close_old_connections()
        woken.clear()
        try:
            publish_due()
            pause = sleep()
        except DatabaseError as error:
            log.warning("the database did not answer the clock (%s); waiting", error)
            pause = 0.25
        except Exception:  # a thread that ended would be missed by nobody until a release is late
            log.exception("what is due could not be looked up; trying again")
            pause = LONGEST_SLEEP
        woken.wait(pause)
    connection.close()


def sleep() -> float:
    """Seconds until the next release is due, `LONGEST_SLEEP` at most."""
    at = queries.next_due()
    return LONGEST_SLEEP if at is None else min(LONGEST_SLEEP, max(0.0, (at - clock.now()).total_seconds()))
