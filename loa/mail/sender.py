"""One sender: it takes mail in hand, looks a last time, hands it over, and settles what became of it, round by round.

The database and the relay take turns in one thread: a round is one transaction, which settles the last round's mails,
takes others in hand and marks some as going out; then the transport works until those are begun. So many mails share
one commit, while the journal knows of each.
"""

import time
from collections import Counter
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import transaction

from loa.lib import clock
from loa.mail import providers
from loa.mail.actions.begin import begin
from loa.mail.actions.lease import Room, lease
from loa.mail.actions.recover import recover
from loa.mail.actions.release import release
from loa.mail.actions.settle import settle
from loa.mail.journal import Journal
from loa.mail.models import Lane
from loa.mail.providers.job import Job, Outcome
from loa.mail.receivers import Receivers, note_relay

SLICE = 0.1  # seconds the transport works before the database is looked at again
AHEAD = 0.25  # seconds of mail that is marked as going out: so old can the last look be
FEWEST, MOST = 16, 512  # mails marked in one round
OF_ONE = 128  # in hand for one domain
STALE = 1.0  # seconds after which a mail that could not be begun is looked at again
RECOVER = 30.0
GRACE = 5.0  # seconds that what is in flight has when told to stop
LANES = {lane: place for place, lane in enumerate(Lane.values)}


class Sender:
    """To be used in one thread, as a context."""

    def __init__(self) -> None:
        self.sent = 0
        providers.refuse_unknown(settings.LOA_MAIL_URL)
        self._journal = Journal()
        self._transport = providers.transport(settings.LOA_MAIL_URL, self._journal, settings.LOA_MAIL_CONNECTIONS)
        self._receivers = Receivers()
        self._leased: list[Job] = []
        self._outcomes: list[Outcome] = []
        self._pace = FEWEST / AHEAD  # mails a second
        self._recovered_at = -RECOVER
        self._trouble = "unknown"  # another sender may have written some down; the first answer takes it away
        self._is_unsure = True  # whether rows say we have in hand what we have not
        self._worked_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def round(self) -> bool:
        """Do one; says whether there was anything to do. Raises DatabaseError, after which the next round goes on."""
        if time.monotonic() > self._recovered_at + RECOVER:
            recover()
            self._recovered_at = time.monotonic()
        self._transport.offer(self._turn_rows())
        at_work = bool(self._transport.in_flight() or self._transport.in_line())
        if at_work or self._leased or self._transport.trouble:
            self._work(SLICE if at_work else 0)  # with nothing but leased mail the next round follows at once
        return at_work or bool(self._leased or self._outcomes)

    def rest(self, seconds: float) -> None:
        """Take in answers while the database does not answer."""
        self._is_unsure = True
        self._work(seconds)

    def close(self) -> None:
        """Let what is in flight end, give back the rest, and settle; what cannot be settled is in the journal."""
        is_settled = False
        try:
            self._transport.give_back(0)
            until = time.monotonic() + GRACE
            while self._transport.in_flight() and time.monotonic() < until:
                self._work(SLICE)
            self._gather()
            with transaction.atomic():
                settle(self._journal.owner, self._outcomes)
                release(self._journal.owner, [job.key for job in self._transport.in_flight()])
            is_settled = not self._transport.in_flight()
        finally:
            self._transport.close()
            self._journal.close(is_settled=is_settled)

    def _turn_rows(self) -> list[Job]:
        """The round's transaction; what it settled is forgotten only when it is committed. Returns what goes out."""
        self._transport.give_back(STALE)
        self._gather()
        has_trouble = bool(self._transport.trouble)
        target = max(FEWEST, min(MOST, int(self._pace * AHEAD)))
        with transaction.atomic():
            settle(self._journal.owner, self._outcomes)
            self._receivers.refresh()
            self._receivers.save()
            self._note_trouble()
            if has_trouble or self._is_unsure:
                self._let_go()
            going, kept = ([], []) if has_trouble else self._take_and_begin(target)
        self.sent += sum(outcome.what == "sent" for outcome in self._outcomes)
        self._outcomes.clear()
        self._receivers.saved()
        self._is_unsure = False
        self._leased = kept
        self._journal.shorten()
        return going

    def _take_and_begin(self, target: int) -> tuple[list[Job], list[Job]]:
        """Lease, and mark the first of those in hand and every mail of the lane of accounts; and what stays in hand."""
        held = sorted(self._leased + self._lease(target), key=lambda job: LANES[job.lane])
        accounts = sum(job.lane == Lane.ACCOUNT for job in held)
        count = max(accounts, target - self._about_to_go())
        return begin(self._journal.owner, held[:count]), held[count:]

    def _about_to_go(self) -> int:
        """How many are in line and can go; what waits for a domain that takes its time takes nobody's place."""
        flying = Counter(job.domain for job in self._transport.in_flight())
        share = max(1, settings.LOA_MAIL_CONNECTIONS // 2)
        return sum(flying[job.domain] < share for job in self._transport.in_line())

    def _lease(self, target: int) -> list[Job]:
        """Take in hand what may be sent, and one mail for each failing domain whose pause is over.

        One domain is half of what is in hand at most, so that one that does not answer never fills all of it.
        """
        most, of_one = target - len(self._leased), min(OF_ONE, target // 2)
        slow, failing = self._transport.slow(), self._receivers.failing()
        held = [job.domain for job in (*self._transport.in_line(), *self._leased)]
        full = {domain for domain, count in Counter(held).items() if count >= of_one}
        lanes = Lane.values if most > 0 else [Lane.ACCOUNT]
        room = Room(max(FEWEST, most), avoid=slow | full, closed=failing, most_of_one=of_one, lanes=lanes)
        jobs = lease(self._journal.owner, room)
        flying = {job.domain for job in self._transport.in_flight()} | set(held)
        for domain in self._receivers.to_try(clock.now()):
            if domain not in flying:
                jobs += lease(self._journal.owner, Room(1, only=domain))
        return jobs

    def _let_go(self) -> None:
        """Put back every row of ours that is not in the transport's hands or about to be settled."""
        known = [*self._transport.in_line(), *self._transport.in_flight()]
        release(self._journal.owner, [job.key for job in known])
        self._leased = []

    def _work(self, seconds: float) -> None:
        self._transport.run(seconds)
        before = len(self._outcomes)
        self._gather()
        took = max(time.monotonic() - self._worked_at, 0.001)
        self._worked_at = time.monotonic()
        self._pace += 0.3 * (sum(outcome.what == "sent" for outcome in self._outcomes[before:]) / took - self._pace)

    def _gather(self) -> None:
        for outcome in self._transport.take():
            self._receivers.note(outcome)
            self._outcomes.append(outcome)

    def _note_trouble(self) -> None:
        trouble = self._transport.trouble
        if trouble and trouble != self._trouble:
            note_relay(trouble)
            self._trouble = trouble
        elif self._trouble and any(outcome.what != "released" for outcome in self._outcomes):
            note_relay("")
            self._trouble = ""
