"""The worker's clock: sleeps until the next release is due, or until somebody changes that."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

from loa.lib import clock
from loa.releases import queries
from loa.releases.actions.publish_due import Broken, publish_due

# Seconds it sleeps at most: a clock that was set, or a wake-up from another machine that never came, costs no more.
LONGEST_SLEEP = 2.0
AGAIN = 0.2  # seconds before it looks again where something is due and nothing went out

log = logging.getLogger(__name__)


def run(stop: threading.Event, woken: threading.Event) -> None:
    """Publish what is due until told to stop; a busy or absent database only makes it wait."""
    broken = Broken()
    while not stop.is_set():
        close_old_connections()
        woken.clear()
        try:
            pause = look(broken)
        except DatabaseError as error:
            log.warning("the database did not answer the clock (%s); waiting", error)
            pause = 0.25
        except Exception:  # a thread that ended would be missed by nobody until a release is late
            log.exception("what is due could not be looked up; trying again")
            pause = LONGEST_SLEEP
        woken.wait(pause)
    connection.close()


def look(broken: Broken) -> float:
    """One round; answers the seconds to sleep after it."""
    count = publish_due(broken)
    return sleep(broken) or (0.0 if count else AGAIN)


def sleep(broken: Broken) -> float:
    """Seconds until the next release is due, `LONGEST_SLEEP` at most; those left out are not waited for."""
    at = queries.next_due(broken.left_out())
    return LONGEST_SLEEP if at is None else min(LONGEST_SLEEP, max(0.0, (at - clock.now()).total_seconds()))
