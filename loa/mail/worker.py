"""The worker's sender: it rests when nothing is due, and outlives a database or disk that does not answer."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

from loa.mail.errors import UnknownTransport
from loa.mail.sender import Sender

POLL = 0.5  # seconds between looks when nobody wakes it
LONGEST_PAUSE = 30.0
GRACE = 7.0  # seconds after being told to stop, within which it has ended

log = logging.getLogger(__name__)


def run(stop: threading.Event, woken: threading.Event) -> None:
    """Send until told to stop; what is in flight then has a few seconds to end."""
    while not stop.is_set():
        try:
            with Sender() as sender:
                _send(sender, stop, woken)
        except (DatabaseError, OSError, UnknownTransport) as error:
            log.warning("no mail could be sent (%s); waiting", error)
            close_old_connections()
            stop.wait(POLL * 4)
    connection.close()


def _send(sender: Sender, stop: threading.Event, woken: threading.Event) -> None:
    """Round after round; the sender is kept through failures of the database, since it knows what is in flight."""
    failures = 0
    while not stop.is_set():
        close_old_connections()
        try:
            is_busy = sender.round()
            failures = 0
        except DatabaseError as error:
            failures += 1
            log.warning("the database did not answer the sender (%s); waiting", error)
            sender.rest(min(LONGEST_PAUSE, POLL * 2 ** min(failures, 6)))
            continue
        if not is_busy:
            woken.wait(POLL)
            woken.clear()
