"""One connection and the mails that go over it, one after the other (RFC 5321)."""

import asyncio
import ssl
import time
from contextlib import suppress
from typing import Protocol
from urllib.parse import SplitResult

from loa.mail.errors import BadHeader, NotSent
from loa.mail.journal import Journal
from loa.mail.providers.job import Job, Outcome
from loa.mail.providers.smtp_connect import CONNECT_SECONDS, connect
from loa.mail.providers.smtp_line import Line, Reply, Silence

COMMAND_SECONDS = 60.0  # for the answer to an envelope (RFC 5321, section 4.5.3.2, allows five minutes)
TEXT_SECONDS = 300.0  # for the answer to a text: giving up too soon leaves a mail in doubt
SLOW_SECONDS = 2.0  # what keeps a connection waiting so long holds up nothing else


class Source(Protocol):
    """Where a carrier gets its mails, and whom it tells what became of them."""

    url: SplitResult
    journal: Journal

    def next_for(self, carrier: "Carrier", *, is_ahead: bool = False) -> Job | None:
        """The next mail, if there is one that may go; it is in flight from now on."""

    def put_first(self, job: Job) -> None:
        """It lost its connection before its text went out."""

    def end(self, outcome: Outcome) -> None:
        """It ended."""

    def relay_failed(self, reason: str) -> None:
        """The relay cannot be used."""


class Carrier:
    """Asks its source for mails and carries them; with pipelining the next envelope goes out behind a text.

    Only one text is on its way at a time. An envelope sent ahead costs nothing when the connection breaks.
    """

    def __init__(self, source: Source, loop: asyncio.AbstractEventLoop, *, is_reserved: bool) -> None:
        self.is_reserved = is_reserved
        self._source = source
        self._loop = loop
        self._line: Line | None = None
        self._resting: asyncio.Future[None] | None = None
        self._ahead: Job | None = None
        self._text_since: float | None = None
        self._is_spent = False
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
        """Cut a connection that has kept us waiting too long, and sooner free the mail whose turn is next on it."""
        if self._line is not None:
            self._line.look_at_clock(now)
        if self._ahead is not None and self._text_since is not None and now > self._text_since + SLOW_SECONDS:
            self._source.put_first(self._ahead)
            self._ahead, self._is_spent = None, True

    def leave(self) -> None:
        """Say goodbye if nothing is in flight."""
        if self._line is not None and self._resting is not None and not self._line.is_lost:
            self._line.send(b"QUIT\r\n")

    async def _work(self) -> None:
        try:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):  # `wait_for` loses a cancelling that comes with the answer
                    self._line = line = await connect(self._source.url, self._loop)
            except (OSError, NotSent, ssl.SSLError, TimeoutError) as error:
                self._source.relay_failed(str(error) or "the relay did not answer in time")
                return
            while (self._ahead is not None or not line.is_lost) and not self._is_spent:
                is_asked = self._ahead is not None
                job, self._ahead = self._ahead or self._source.next_for(self), None
                if job is None:
                    self._resting = self._loop.create_future()
                    await self._resting
                    self._resting = None
                else:
                    await self._carry(line, job, is_asked=is_asked)
        finally:
            if self._line is not None:
                self._line.close()

    async def _carry(self, line: Line, job: Job, *, is_asked: bool) -> None:
        """Send one mail, of which the envelope may have been sent behind the text before it."""
        try:
            data = job.render()
            if not is_asked and line.may_pipeline:
                line.send(_envelope(job))
            outcome = await self._ask(line, job)
            outcome = outcome or await self._text(line, job, data)
        except BadHeader as error:
            outcome = Outcome(job, "failed", f"a header cannot be written: {error}")
            self._is_spent = is_asked  # its envelope stands open
        except Silence:
            outcome = Outcome(job, "deferred", "no answer in time", is_of_domain=True, is_silent=True)
        except OSError as error:
            line.close()
            self._lose(job, str(error))
            return
        self._has_carried = True
        self._source.end(outcome)

    def _lose(self, job: Job, reason: str) -> None:
        """The connection went before the text did."""
        if job.is_tried or not self._has_carried:
            self._source.end(Outcome(job, "released", reason))
            self._source.relay_failed(f"the connection was lost: {reason}")
        else:
            self._source.put_first(job)

    async def _ask(self, line: Line, job: Job) -> Outcome | None:
        """MAIL, RCPT and DATA; None when the text may go. Raises Silence and OSError."""
        if line.may_pipeline:
            replies = await line.answers(3, COMMAND_SECONDS)
        else:
            replies = await line.ask(_envelope(job).decode("ascii").splitlines(), COMMAND_SECONDS)
        mail = replies[0]
        rcpt, data = (replies[place] if place < len(replies) else None for place in (1, 2))
        if mail.is_good and rcpt is not None and rcpt.is_good and data is not None and data.code == 354:
            return None
        if mail.code in {421, 530}:
            raise ConnectionError(str(mail))
        refused = next((reply for reply in (mail, rcpt) if reply is not None and not reply.is_good), data or mail)
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
        """The text and what became of it; the journal knows both before anybody else does. Raises OSError."""
        self._source.journal.started(job.this_try)
        try:
            if line.may_pipeline:
                self._ahead = self._source.next_for(self, is_ahead=True)
            line.send_text(data, then=_envelope(self._ahead) if self._ahead else b"")
            self._text_since = time.monotonic()
            reply = await line.answer(TEXT_SECONDS)
        except (OSError, Silence) as error:
            silent = isinstance(error, Silence)
            outcome = Outcome(job, "doubt", f"no answer to the text: {error}", is_of_domain=silent, is_silent=silent)
        else:
            outcome = _judge(job, reply)
            if reply.code == 421:
                line.close()
        self._text_since = None
        with suppress(OSError):  # the database will be told all the same; only a kill before that leaves a doubt
            self._source.journal.ended(job.this_try, outcome.what, outcome.answer)
        return outcome


def _envelope(job: Job) -> bytes:
    return f"MAIL FROM:<{job.sender}>\r\nRCPT TO:<{job.to}>\r\nDATA\r\n".encode("ascii")


def _judge(job: Job, reply: Reply) -> Outcome:
    """What the answer to a text means."""
    if reply.is_good:
        return Outcome(job, "sent", str(reply))
    if not reply.is_final:
        return Outcome(job, "deferred", str(reply), is_of_domain=not reply.is_of_mailbox)
    return Outcome(job, "bounced" if reply.is_about_address else "failed", str(reply))
