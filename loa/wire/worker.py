"""The worker's round: notices to deliveries, deliveries to outlets, and what recurs; mail and pictures beside it."""

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from loa.custody.actions.keep import keep as keep_backup
from loa.custody.actions.pack import pack_due
from loa.custody.rules import read_retention
from loa.jobs import wake
from loa.limits.actions.sweep import sweep
from loa.mail import worker as mail
from loa.mail.actions.sweep import sweep as sweep_mail
from loa.media.actions.make_due import make_due
from loa.media.actions.sweep import sweep_halves
from loa.newsletters.actions.forget import forget
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.actions.send_out import send_out
from loa.plans.actions.remind_due import remind_due
from loa.releases.actions.look_at_links import look_at_links
from loa.search.actions.keep import keep
from loa.subscribers.actions.bring_in import bring_in_due
from loa.subscribers.actions.clear import clear as clear_subscribers
from loa.wire.actions.beat import beat
from loa.wire.actions.carry import carry_due
from loa.wire.actions.expand import expand
from loa.wire.outlets import OUTLETS

POLL = 0.5  # seconds between rounds when nobody wakes the worker
DRAWING_POLL = 2.0
KEEPING_POLL = 20.0
BACKUP_POLL = 60.0
LINKS_POLL = 10.0
PACKING_POLL = 3.0
LONGEST_PAUSE = 30.0

log = logging.getLogger(__name__)


@dataclass
class Recurring:
    """Something done every so many seconds, and sooner after news where `after_news` says how soon again at most."""

    every: float
    act: Callable[[], object]
    after_news: float = math.inf
    last: float = -math.inf
    has_news: bool = False

    def turn(self) -> None:
        """Do it when its time has come."""
        pause = min(self.every, self.after_news) if self.has_news else self.every
        if time.monotonic() >= self.last + pause:
            self.last = time.monotonic()
            self.has_news = False
            self.act()


def schedule() -> list[Recurring]:
    """What recurs, and how often in seconds; who asked to hear at once waits for no round of thirty seconds."""
    return [
        Recurring(10, beat),
        Recurring(30, send_due, after_news=5),
        Recurring(1, send_out),
        Recurring(5, sweep_mail),
        Recurring(600, sweep),
        Recurring(600, remind_due),
        Recurring(3600, sweep_halves),
        Recurring(1, bring_in_due),
        Recurring(3600, forget),
        Recurring(3600, clear_subscribers),
    ]


def run(stop: threading.Event) -> None:
    """Work until told to stop; what is in hand is finished first. A busy or absent database only makes it wait."""
    receiver = wake.listener()
    recurring = schedule()
    drawing = threading.Thread(target=draw, args=(stop,), daemon=True)
    drawing.start()
    threading.Thread(target=keep_search, args=(stop,), daemon=True).start()
    threading.Thread(target=pack_parcels, args=(stop,), daemon=True).start()
    if settings.LOA_BACKUP_FOLDER is not None:
        threading.Thread(target=keep_backups, args=(stop, settings.LOA_BACKUP_FOLDER), daemon=True).start()
    threading.Thread(target=open_links, args=(stop,), daemon=True).start()
    woken = threading.Event()
    sending = threading.Thread(target=mail.run, args=(stop, woken), daemon=True)
    sending.start()
    failures = 0
    while not stop.is_set():
        try:
            worked = turn(recurring)
            failures = 0
        except DatabaseError as error:
            failures += 1
            log.warning("the database did not answer (%s); waiting", error)
            close_old_connections()
            stop.wait(min(LONGEST_PAUSE, POLL * 2 ** min(failures, 6)))
            continue
        if worked or wake.wait(receiver, POLL):
            woken.set()
        elif receiver is None:
            stop.wait(POLL)
    if receiver is not None:
        receiver.close()
        wake.path().unlink(missing_ok=True)
    woken.set()
    sending.join(timeout=mail.GRACE)
    drawing.join(timeout=5)  # a picture in hand is drawn again by whoever finds its lease run out


def draw(stop: threading.Event) -> None:
    """Make renditions of pictures until told to stop, beside the round: no notice and no mail waits for a picture."""
    while not stop.is_set():
        try:
            close_old_connections()
            is_idle = make_due() == 0
        except (DatabaseError, OSError) as error:
            log.warning("no picture could be drawn (%s); waiting", error)
            is_idle = True
        if is_idle:
            stop.wait(DRAWING_POLL)
    connection.close()


def open_links(stop: threading.Event) -> None:
    """Open the addresses that drafts link to until told to stop, beside the round: other people's servers are slow."""
    while settings.LOA_CHECK_LINKS and not stop.wait(LINKS_POLL):
        try:
            close_old_connections()
            look_at_links()
        except (DatabaseError, OSError) as error:
            log.warning("no link could be looked at (%s); waiting", error)
    connection.close()


def keep_search(stop: threading.Event) -> None:
    """See to the search index until told to stop, beside the round: nobody waits while it is read or built."""
    while not stop.wait(KEEPING_POLL):
        try:
            close_old_connections()
            found = keep()
            if found is not None and not found.is_whole:
                log.warning("the search index was not as the record says, and was mended: %s", found.summary())
        except Exception:
            log.exception("the search index could not be looked through; trying again")
    connection.close()


def keep_backups(stop: threading.Event, folder: Path) -> None:
    """Make a backup every night until told to stop, beside the round; what goes wrong stands on the operator's page."""
    while not stop.wait(BACKUP_POLL):
        try:
            close_old_connections()
            row = keep_backup(
                folder=folder, media=Path(settings.MEDIA_ROOT), version=settings.LOA_VERSION,
                keys=settings.LOA_BACKUP_KEYS, retention=read_retention(settings.LOA_BACKUP_KEEP),
            )  # fmt: skip
            if row is not None and row.error:
                log.warning("tonight's backup was not made: %s", row.error)
        except Exception:
            log.exception("tonight's backup could not be made; trying again")
    connection.close()


def pack_parcels(stop: threading.Event) -> None:
    """Pack what organizations take along until told to stop, beside the round."""
    while not stop.wait(PACKING_POLL):
        try:
            close_old_connections()
            pack_due(Path(settings.LOA_HOME) / "parcels")
        except Exception:
            log.exception("a parcel could not be packed; trying again")
    connection.close()


def turn(recurring: list[Recurring]) -> bool:
    """Make one round; says whether there was anything to do."""
    close_old_connections()
    for thing in recurring:
        thing.turn()
    taken_up = expand(OUTLETS)
    carried = carry_due(OUTLETS)
    for thing in recurring if carried else ():
        thing.has_news = True
    return bool(taken_up or carried)
