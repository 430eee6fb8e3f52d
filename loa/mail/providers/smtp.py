"""Mail over SMTP to a relay (`smtp://user:pass@host:587`, `smtps://` for TLS from the first byte; RFC 5321).

A pool keeps its connections from mail to mail, with one mail at a time on each. It runs only while it is told to: what
arrives in between waits in the kernel. Where the relay allows it (RFC 2920) a mail takes two round trips.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Iterable
from urllib.parse import SplitResult

from loa.mail.journal import Journal
from loa.mail.models import Lane
from loa.mail.providers.job import Job, Outcome
from loa.mail.providers.smtp_carrier import SLOW_SECONDS, Carrier

CROWDED_SECONDS = 10.0
LONGEST_PAUSE = 60.0


class Pool:
    """The connections of one sender to its relay; one beyond `connections` is kept for the lane of accounts."""

    def __init__(self, url: SplitResult, journal: Journal, connections: int) -> None:
        self.trouble = ""
        self.url = url
        self.journal = journal
        self._loop = asyncio.new_event_loop()
        self._most = max(1, connections)
        self._of_one_domain = max(1, self._most // 2)
        self._lines: dict[str, deque[tuple[float, Job]]] = {lane: deque() for lane in Lane.values}
        self._flying: dict[Job, float] = {}
        self._per_domain: Counter[str] = Counter()
        self._ended: list[Outcome] = []
        self._carriers: list[Carrier] = []
        self._pause: asyncio.Future[None] | None = None
        self._failures = 0
        self._closed_until = 0.0
        self._no_more_until = 0.0

    def offer(self, jobs: Iterable[Job]) -> None:
        """Put jobs in line."""
        now = time.monotonic()
        for job in jobs:
            self._lines[job.lane].append((now, job))

    def run(self, seconds: float) -> None:
        """Work until nothing is in line or something ends with nothing in line, at most so long."""
        if self._closed_until > time.monotonic():
            self.give_back(0)
        elif self.trouble:
            self.trouble = ""  # time to try again; who fails says so
        self._pause = self._loop.create_future()
        timer = self._loop.call_later(seconds, self._stop_running)
        self._look_after_carriers()
        self._loop.run_until_complete(self._pause)
        timer.cancel()
        self._pause = None

    def take(self) -> list[Outcome]:
        """What ended since the last time."""
        ended, self._ended = self._ended, []
        return ended

    def give_back(self, older: float) -> None:
        """Release what has been in line for so many seconds."""
        limit = time.monotonic() - older
        for line in self._lines.values():
            while line and line[0][0] <= limit:
                self._ended.append(Outcome(line.popleft()[1], "released"))

    def in_line(self) -> list[Job]:
        """What was offered and is not begun."""
        return [job for line in self._lines.values() for _, job in line]

    def in_flight(self) -> list[Job]:
        """What is begun and has not ended."""
        return list(self._flying)

    def slow(self) -> set[str]:
        """Domains that keep a connection waiting."""
        limit = time.monotonic() - SLOW_SECONDS
        return {job.domain for job, since in self._flying.items() if since < limit}

    def close(self) -> None:
        """Say goodbye where nothing is in flight, and let go of every connection."""
        for carrier in self._carriers:
            carrier.leave()
        self._loop.run_until_complete(_end([carrier.task for carrier in self._carriers]))
        self._loop.close()

    # What follows is called by the carriers.

    def next_for(self, carrier: Carrier, *, is_ahead: bool = False) -> Job | None:
        """The first job this carrier may carry: lane by lane, no domain on more than its share of the connections.

        A mail of the lane of accounts is never asked for ahead, behind a text that may wait for its answer.
        """
        if is_ahead and self._lines[Lane.ACCOUNT]:
            return None
        slow = None
        for lane, line in self._lines.items():
            if carrier.is_reserved and lane != Lane.ACCOUNT:
                break
            for place, (_, job) in enumerate(line):
                if self._per_domain[job.domain] >= self._of_one_domain:
                    continue
                if self._per_domain[job.domain]:
                    slow = self.slow() if slow is None else slow
                    if job.domain in slow:
                        continue
                del line[place]
                self._flying[job] = time.monotonic()
                self._per_domain[job.domain] += 1
                return job
        if self._ended and not is_ahead:
            self._stop_running()  # what is in line waits for its domain, and others may take its place
        return None

    def put_first(self, job: Job) -> None:
        """It lost its connection before its text went out: it goes first on the next one."""
        self._forget(job)
        job.is_tried = True
        self._lines[job.lane].appendleft((time.monotonic(), job))

    def end(self, outcome: Outcome) -> None:
        """It ended."""
        self._forget(outcome.job)
        self._ended.append(outcome)
        self._failures = 0 if outcome.what != "released" else self._failures
        if not any(self._lines.values()):
            self._stop_running()

    def relay_failed(self, reason: str) -> None:
        """The relay cannot be used at the moment: nobody's mail is to blame, and all of it waits.

        While other connections work it is only this one too many, and no other is tried for a while.
        """
        if any(carrier.is_at_work for carrier in self._carriers):
            self._no_more_until = time.monotonic() + CROWDED_SECONDS
            return
        self._failures += 1
        self.trouble = reason
        self._closed_until = time.monotonic() + min(LONGEST_PAUSE, 2.0 ** (self._failures - 1))
        self.give_back(0)
        self._stop_running()

    def _forget(self, job: Job) -> None:
        if self._flying.pop(job, None) is not None:
            self._per_domain[job.domain] -= 1

    def _stop_running(self) -> None:
        if self._pause is not None and not self._pause.done():
            self._pause.set_result(None)

    def _look_after_carriers(self) -> None:
        """Cut those that waited too long, wake those that rest, and start what is missing."""
        now = time.monotonic()
        self._carriers = [carrier for carrier in self._carriers if not carrier.task.done()]
        for carrier in self._carriers:
            carrier.look_at_clock(now)
        if self._closed_until > now:
            return
        waiting = sum(map(len, self._lines.values()))
        for carrier in self._carriers:
            if waiting and (self._lines[Lane.ACCOUNT] or not carrier.is_reserved) and carrier.wake():
                waiting -= 1
        if self._no_more_until > now:
            return
        ordinary = sum(not carrier.is_reserved for carrier in self._carriers)
        for _ in range(min(waiting, self._most - ordinary)):
            self._carriers.append(Carrier(self, self._loop, is_reserved=False))
        is_waiting = bool(self._lines[Lane.ACCOUNT]) and ordinary >= self._most
        if is_waiting and not any(carrier.is_reserved for carrier in self._carriers):
            self._carriers.append(Carrier(self, self._loop, is_reserved=True))


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)  # transports close in the turn after
