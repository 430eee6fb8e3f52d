"""Mail over SMTP to a relay (`smtp://user:pass@host:587`, `smtps://` for TLS from the first byte; RFC 5321).

A pool keeps its connections from mail to mail, with one mail at a time on each. It runs only while it is told to: what
arrives in between waits in the kernel. Where the relay allows it (RFC 2920) a mail takes two round trips.
"""

import asyncio
import base64
import ssl
import time
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import SplitResult, unquote

from loa.mail.errors import BadHeader, NotSent
from loa.mail.journal import Journal
from loa.mail.models import Lane
from loa.mail.providers.job import Job, Outcome
from loa.mail.providers.smtp_line import Line, Reply, Silence

CONNECT_SECONDS = 30.0
COMMAND_SECONDS = 60.0  # for the answer to an envelope (RFC 5321, section 4.5.3.2, allows five minutes)
TEXT_SECONDS = 300.0  # for the answer to a text: giving up too soon leaves a mail in doubt
SLOW_SECONDS = 2.0  # a domain that keeps a connection waiting so long gets no other meanwhile
CROWDED_SECONDS = 10.0
LONGEST_PAUSE = 60.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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
        self._workers: list[Worker] = []
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
        self._look_after_workers()
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
        for worker in self._workers:
            worker.leave()
        self._loop.run_until_complete(_end([worker.task for worker in self._workers]))
        self._loop.close()

    # What follows is called by the workers.

    def next_for(self, worker: "Worker") -> Job | None:
        """The first job this worker may carry: lane by lane, no domain on more than its share of the connections."""
        slow = None
        for lane, line in self._lines.items():
            if worker.is_reserved and lane != Lane.ACCOUNT:
                break
            for place, (_, job) in enumerate(line):
                if self._per_domain[job.domain] >= self._of_one_domain:
                    continue
                if self._per_domain[job.domain]:
                    slow = self.slow() if slow is None else slow
                    if job.domain in slow:
                        continue
                del line[place]
                return job
        return None

    def begin(self, job: Job) -> None:
        """A worker took it."""
        self._flying[job] = time.monotonic()
        self._per_domain[job.domain] += 1

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
        if any(worker.is_at_work for worker in self._workers):
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

    def _look_after_workers(self) -> None:
        """Cut those that waited too long, wake those that rest, and start what is missing."""
        now = time.monotonic()
        self._workers = [worker for worker in self._workers if not worker.task.done()]
        for worker in self._workers:
            worker.look_at_clock(now)
        if self._closed_until > now:
            return
        waiting = sum(map(len, self._lines.values()))
        for worker in self._workers:
            if waiting and (self._lines[Lane.ACCOUNT] or not worker.is_reserved) and worker.wake():
                waiting -= 1
        if self._no_more_until > now:
            return
        ordinary = sum(not worker.is_reserved for worker in self._workers)
        for _ in range(min(waiting, self._most - ordinary)):
            self._workers.append(Worker(self, self._loop, is_reserved=False))
        is_waiting = bool(self._lines[Lane.ACCOUNT]) and ordinary >= self._most
        if is_waiting and not any(worker.is_reserved for worker in self._workers):
            self._workers.append(Worker(self, self._loop, is_reserved=True))


class Worker:
    """One connection and the mails that go over it, one after the other."""

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop, *, is_reserved: bool) -> None:
        self.is_reserved = is_reserved
        self._pool = pool
        self._loop = loop
        self._line: Line | None = None
        self._resting: asyncio.Future[None] | None = None
        self._has_carried = False
        self.task = loop.create_task(self._work())

    @property
    def is_at_work(self) -> bool:
        """Say whether its connection stands."""
        return self._line is not None and not self._line.is_lost

    def wake(self) -> bool:
        """Look again whether there is something to carry; says whether it was resting."""
        if self._resting is None or self._resting.done():
            return False
        self._resting.set_result(None)
        return True

    def look_at_clock(self, now: float) -> None:
        """Cut a connection that has kept us waiting too long."""
        if self._line is not None:
            self._line.look_at_clock(now)

    def leave(self) -> None:
        """Say goodbye if nothing is in flight."""
        if self._line is not None and self._resting is not None:
            self._line.send(b"QUIT\r\n")

    async def _work(self) -> None:
        try:
            try:
                self._line = line = await asyncio.wait_for(connect(self._pool.url, self._loop), CONNECT_SECONDS)
            except (OSError, NotSent, ssl.SSLError, TimeoutError) as error:
                self._pool.relay_failed(str(error) or "the relay did not answer in time")
                return
            while not line.is_lost:
                job = self._pool.next_for(self)
                if job is None:
                    self._resting = self._loop.create_future()
                    await self._resting
                    self._resting = None
                elif not await self._carry(line, job):
                    return
        finally:
            if self._line is not None:
                self._line.close()

    async def _carry(self, line: Line, job: Job) -> bool:
        """Send one mail; says whether the connection can be used for another."""
        self._pool.begin(job)
        try:
            data = job.render()
        except BadHeader as error:
            self._pool.end(Outcome(job, "failed", f"a header cannot be written: {error}"))
            return True
        try:
            outcome = await self._envelope(line, job)
            outcome = outcome or await self._text(line, job, data)
        except Silence:
            outcome = Outcome(job, "deferred", "no answer in time", is_of_domain=True, is_silent=True)
        except OSError as error:
            self._lose(job, str(error))
            return False
        self._has_carried = True
        self._pool.end(outcome)
        return not line.is_lost and outcome.what != "doubt"

    def _lose(self, job: Job, reason: str) -> None:
        """The connection went before the text did."""
        if job.is_tried or not self._has_carried:
            self._pool.end(Outcome(job, "released", reason))
            self._pool.relay_failed(f"the connection was lost: {reason}")
        else:
            self._pool.put_first(job)

    async def _envelope(self, line: Line, job: Job) -> Outcome | None:
        """MAIL, RCPT and DATA; None when the text may go."""
        commands = [f"MAIL FROM:<{job.sender}>", f"RCPT TO:<{job.to}>", "DATA"]
        replies = await line.ask(commands, COMMAND_SECONDS)
        mail = replies[0]
        rcpt, data = (replies[place] if place < len(replies) else None for place in (1, 2))
        if mail.code in {421, 530}:
            raise ConnectionError(str(mail))
        refused = next((reply for reply in (mail, rcpt) if reply is not None and not reply.is_good), None)
        if refused is None and data is not None and data.code == 354:
            return None
        refused = refused or data or mail
        if data is not None and data.code == 354:  # a text is expected although nobody is to have it (RFC 2920, 3.1)
            await line.ask(["."], COMMAND_SECONDS)
        elif refused.code == 421:
            line.close()
        else:
            await line.ask(["RSET"], COMMAND_SECONDS)
        is_recipient = mail.is_good and refused is rcpt
        if refused.is_final and is_recipient:
            return Outcome(job, "bounced", str(refused))
        if refused.is_final and mail.is_good:
            return Outcome(job, "failed", str(refused))
        # A refused sender is the operator's to mend, and then the mail must still leave.
        return Outcome(job, "deferred", str(refused), is_of_domain=is_recipient and not refused.is_of_mailbox)

    async def _text(self, line: Line, job: Job, data: bytes) -> Outcome:
        """The text and what became of it; the journal knows both before anybody else does."""
        self._pool.journal.started(job.this_try)
        try:
            line.send_text(data)
            reply = await line.answer(TEXT_SECONDS)
        except (OSError, Silence) as error:
            silent = isinstance(error, Silence)
            outcome = Outcome(job, "doubt", f"no answer to the text: {error}", is_of_domain=silent, is_silent=silent)
        else:
            outcome = _judge(job, reply)
            if reply.code == 421:
                line.close()
        with suppress(OSError):  # the database will be told all the same; only a kill before that leaves a doubt
            self._pool.journal.ended(job.this_try, outcome.what, outcome.answer)
        return outcome


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)  # transports close in the turn after


def _judge(job: Job, reply: Reply) -> Outcome:
    """What the answer to a text means."""
    if reply.is_good:
        return Outcome(job, "sent", str(reply))
    if not reply.is_final:
        return Outcome(job, "deferred", str(reply), is_of_domain=not reply.is_of_mailbox)
    return Outcome(job, "bounced" if reply.is_about_address else "failed", str(reply))


async def connect(url: SplitResult, loop: asyncio.AbstractEventLoop) -> Line:
    """A connection that is greeted, covered by TLS where it can be, and signed in. Raises OSError and NotSent."""
    host = url.hostname or "localhost"
    context = ssl.create_default_context() if url.scheme == "smtps" else None
    port = url.port or (465 if context else 25)
    _, line = await loop.create_connection(lambda: Line(loop), host, port, ssl=context)
    try:
        greeting = await line.answer(CONNECT_SECONDS)
        if not greeting.is_good:
            raise NotSent(f"the relay does not take mail: {greeting}")
        offers = await _greet(line)
        if context is None and "STARTTLS" in offers:
            await _cover(line, host)
            offers, context = await _greet(line), ssl.create_default_context()
        line.may_pipeline = "PIPELINING" in offers
        if url.username:
            if context is None and host not in LOOPBACK:
                raise NotSent("the relay offers no TLS, and a password is never sent in the clear; use smtps://")
            await _sign_in(line, offers, unquote(url.username), unquote(url.password or ""))
    except BaseException:
        line.close()
        raise
    return line


async def _greet(line: Line) -> dict[str, str]:
    """Say EHLO; what the relay offers."""
    (reply,) = await line.ask([f"EHLO {line.own_name()}"], CONNECT_SECONDS)
    if not reply.is_good:
        (reply,) = await line.ask([f"HELO {line.own_name()}"], CONNECT_SECONDS)
        if not reply.is_good:
            raise NotSent(f"the relay does not greet: {reply}")
        return {}
    words = [text.partition(" ") for text in reply.lines[1:]]
    return {name.upper(): more.upper() for name, _, more in words}


async def _cover(line: Line, host: str) -> None:
    (reply,) = await line.ask(["STARTTLS"], CONNECT_SECONDS)
    if not reply.is_good:
        raise NotSent(f"the relay offers TLS and does not begin it: {reply}")
    await line.start_tls(ssl.create_default_context(), host)


async def _sign_in(line: Line, offers: dict[str, str], user: str, password: str) -> None:
    """AUTH PLAIN, or LOGIN where only that is offered (RFC 4954)."""
    ways = offers.get("AUTH", "").split()
    if "PLAIN" in ways or "LOGIN" not in ways:
        token = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        (reply,) = await line.ask([f"AUTH PLAIN {token}"], CONNECT_SECONDS)
    else:
        await line.ask(["AUTH LOGIN"], CONNECT_SECONDS)
        await line.ask([base64.b64encode(user.encode()).decode()], CONNECT_SECONDS)
        (reply,) = await line.ask([base64.b64encode(password.encode()).decode()], CONNECT_SECONDS)
    if not reply.is_good:
        raise NotSent(f"the relay does not let us in: {reply}")
