"""The worker's round: notices to deliveries, deliveries to outlets, and what recurs; mail and pictures beside it."""

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from loa.coverage.actions.look import look_at_coverage
from loa.custody.actions.keep import keep as keep_backup
from loa.custody.actions.pack import pack_due
from loa.custody.rules import read_retention
from loa.edge.actions.tell_cdn import tell_cdn
from loa.feeds.queries.sitemaps import OUTLINE_KEY, outline
from loa.inbox.actions.forget import forget as forget_inbox
from loa.jobs import wake
from loa.lib import garbage
from loa.limits.actions.sweep import sweep
from loa.mail import worker as mail
from loa.mail.actions.sweep import sweep as sweep_mail
from loa.media.actions.make_due import make_due
from loa.media.actions.sweep import sweep_halves
from loa.newsletters.actions.forget import forget
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.actions.send_out import send_out
from loa.organizations.actions.tell_of_recoveries import tell_of_recoveries
from loa.pages.actions.keep_figures import OFTEN, keep_figures
from loa.plans.actions.remind_due import remind_due
from loa.privacy.actions.forget import forget as forget_requests
from loa.releases import worker as releases
from loa.releases.actions.look_at_links import look_at_links
from loa.releases.actions.look_at_published import look_at_published
from loa.search.actions.keep import keep
from loa.stats.actions.forget import forget as forget_names
from loa.stats.actions.report import report_due
from loa.subscribers.actions.bring_in import bring_in_due
from loa.subscribers.actions.clear import clear as clear_subscribers
from loa.verification.actions.check_due import check_due
from loa.wire.actions.beat import beat
from loa.wire.actions.carry import carry_due
from loa.wire.actions.expand import expand
from loa.wire.outlets import OUTLETS

POLL = 0.5  # seconds between rounds when nobody wakes the worker
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
            try:
                self.act()
            except DatabaseError:
                raise  # the round waits for it
            except Exception:  # whatever one act meets must not stop the others, nor the notices
                log.exception("%s failed; trying again in its time", self.act)


def schedule() -> list[Recurring]:
    """What recurs, and how often in seconds; who asked to hear at once waits for no round of thirty seconds."""
    return [
        Recurring(10, beat),
        Recurring(30, send_due, after_news=5),
        Recurring(1, send_out),
        Recurring(5, sweep_mail),
        Recurring(600, sweep),
        Recurring(600, remind_due),
        Recurring(15, tell_of_recoveries),
        Recurring(3600, sweep_halves),
        Recurring(1, bring_in_due),
        Recurring(3600, forget),
        Recurring(3600, forget_inbox),
        Recurring(3600, forget_requests),
        Recurring(3600, clear_subscribers),
    ]


@dataclass(frozen=True)
class InAThread:
    """What takes its time, in a thread of its own, so that no notice and no mail waits for it.

    Where `act` says True there is more to do at once; `pause` is in seconds, `failed` is what the log says.
    """

    pause: float
    act: Callable[[], object]
    failed: str

    def run(self, stop: threading.Event) -> None:
        """Do it until told to stop; what goes wrong is tried again."""
        is_busy = False
        while not stop.wait(0 if is_busy else self.pause):
            try:
                close_old_connections()
                is_busy = self.act() is True
            except Exception:  # whatever one turn raises, a thread that ended would be missed by nobody for days
                log.exception("%s; trying again", self.failed)
                is_busy = False
        connection.close()


def in_threads() -> list[InAThread]:
    """What is done beside the round, the drawing of pictures first."""
    others = [
        InAThread(2, lambda: make_due() > 0, "no picture could be drawn"),
        InAThread(20, keep_search, "the search index could not be looked through"),
        InAThread(3, lambda: pack_due(Path(settings.LOA_HOME) / "parcels"), "a parcel could not be packed"),
        InAThread(10, look_at_links, "no link could be looked at"),  # other people's servers are slow
        InAThread(5, look_at_published, "no link of a published release could be looked at"),  # likewise
        InAThread(
            OFTEN, partial(keep_figures, [(OUTLINE_KEY, outline)]), "the figures of public pages could not be counted"
        ),
        InAThread(garbage.GIVE_BACK, garbage.give_back, "freed memory could not be handed back"),
        InAThread(3600, forget_names, "rare names could not be forgotten"),  # looks through years of days
        InAThread(3, look_at_coverage, "no page about a release could be read"),  # likewise, and somebody waits for it
        InAThread(120, report_due, "no weekly report could be made"),  # draws a picture for each organization
        InAThread(30, check_due, "no proof of a domain could be looked at"),  # likewise
    ]
    if settings.LOA_CDN is not None:
        others.append(InAThread(0.25, tell_cdn, "the CDN could not be told what became stale"))  # another's server
    if folder := settings.LOA_BACKUP_FOLDER:
        others.append(InAThread(60, lambda: keep_backups(folder), "tonight's backup could not be made"))
    return others


def run(stop: threading.Event) -> None:
    """Work until told to stop; what is in hand is finished first. A busy or absent database only makes it wait."""
    receiver = wake.listener()
    recurring = schedule()
    others = [threading.Thread(target=one.run, args=(stop,), daemon=True) for one in in_threads()]
    for thread in others:
        thread.start()
    # What is told of every wake-up: the sender, and the clock that publishes what is due.
    woken = [threading.Event(), threading.Event()]
    sending, publishing = (
        threading.Thread(target=run, args=(stop, event), daemon=True)
        for run, event in zip((mail.run, releases.run), woken, strict=True)
    )
    sending.start()
    publishing.start()
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
            wake_all(woken)
        elif receiver is None:
            stop.wait(POLL)
    if receiver is not None:
        receiver.close()
        wake.path().unlink(missing_ok=True)
    wake_all(woken)
    publishing.join(timeout=5)
    sending.join(timeout=mail.GRACE)
    others[0].join(timeout=5)  # a picture in hand is drawn again by whoever finds its lease run out


def wake_all(woken: list[threading.Event]) -> None:
    """Tell every thread that waits for news."""
    for event in woken:
        event.set()


def keep_search() -> None:
    """See to the search index."""
    found = keep()
    if found is not None and not found.is_whole:
        log.warning("the search index was not as the record says, and was mended: %s", found.summary())


def keep_backups(folder: Path) -> None:
    """Make a backup every night; what goes wrong stands on the operator's page."""
    row = keep_backup(
        folder=folder, media=Path(settings.MEDIA_ROOT), version=settings.LOA_VERSION,
        keys=settings.LOA_BACKUP_KEYS, retention=read_retention(settings.LOA_BACKUP_KEEP),
    )  # fmt: skip
    if row is not None and row.error:
        log.warning("tonight's backup was not made: %s", row.error)


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
