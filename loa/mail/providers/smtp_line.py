"""One SMTP connection: commands go out, replies come in (RFC 5321, section 4.2)."""

import asyncio
import re
import ssl
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

LONGEST_REPLY = 65_536  # bytes; a relay that says more is none


class Silence(Exception):
    """No answer came in time; the connection is cut, since an answer that comes late would be taken for the next."""


@dataclass(frozen=True)
class Reply:
    """A code and its lines."""

    code: int
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.code} {' '.join(self.lines)}"[:400]

    @property
    def is_good(self) -> bool:
        """Say whether it was done."""
        return 200 <= self.code < 300

    @property
    def is_final(self) -> bool:
        """Say whether asking again is in vain."""
        return self.code >= 500

    @property
    def is_of_mailbox(self) -> bool:
        """Say whether it is about this one mailbox and says nothing of its domain (RFC 3463: x.2.x)."""
        return bool(self.lines) and re.match(r"[45]\.2\.", self.lines[0]) is not None

    @property
    def is_about_address(self) -> bool:
        """Say whether the address is wrong (RFC 3463: x.1.x)."""
        return bool(self.lines) and re.match(r"[45]\.1\.", self.lines[0]) is not None


class Line(asyncio.Protocol):
    """The connection; one caller at a time waits for replies."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.may_pipeline = False
        self.is_lost = False
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._raw = b""
        self._lines: list[str] = []
        self._replies: deque[Reply] = deque()
        self._wanted = 0
        self._waiter: asyncio.Future[None] | None = None
        self._deadline = float("inf")
        self._reason: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits hears that nothing more comes."""
        self.is_lost = True
        self._fail(exc or ConnectionResetError("the relay closed the connection"))

    def data_received(self, data: bytes) -> None:
        """Gather lines into replies."""
        self._raw += data
        if len(self._raw) > LONGEST_REPLY:
            self._fail(ConnectionError("the relay's answer has no end"))
            self.close()
            return
        *lines, self._raw = self._raw.split(b"\n")
        for line in lines:
            self._gather(line.rstrip(b"\r").decode("utf-8", "replace"))
        if len(self._replies) >= self._wanted and self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _gather(self, line: str) -> None:
        if not (line[:3].isascii() and line[:3].isdecimal()):
            self._fail(ConnectionError(f"the relay does not speak SMTP: {line[:80]!r}"))
            self.close()
            return
        self._lines.append(line[4:])
        if line[3:4] != "-":
            self._replies.append(Reply(int(line[:3]), tuple(self._lines)))
            self._lines.clear()

    def send(self, data: bytes) -> None:
        """Put bytes on the wire. Raises OSError."""
        if self._transport is None or self.is_lost:
            raise ConnectionResetError("the connection is gone")
        self._transport.write(data)

    def send_text(self, data: bytes, then: bytes = b"") -> None:
        """A mail's text with its end, and commands behind it; a dot that begins a line is doubled (section 4.5.2)."""
        stuffed = data.replace(b"\r\n.", b"\r\n..")
        stuffed = b"." + stuffed if stuffed.startswith(b".") else stuffed
        self.send(b"".join((stuffed, b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n", then)))

    async def ask(self, commands: Sequence[str], seconds: float) -> list[Reply]:
        """Send commands and return their replies; without pipelining none follows one that was refused."""
        if self.may_pipeline or len(commands) == 1:
            self.send("".join(f"{command}\r\n" for command in commands).encode("ascii"))
            return await self.answers(len(commands), seconds)
        replies: list[Reply] = []
        for command in commands:
            replies += await self.ask([command], seconds)
            if replies[-1].code >= 400:
                break
        return replies

    async def answer(self, seconds: float) -> Reply:
        """The next reply. Raises Silence and OSError."""
        return (await self.answers(1, seconds))[0]

    async def answers(self, count: int, seconds: float) -> list[Reply]:
        """So many replies. Raises Silence and OSError."""
        if len(self._replies) < count:
            if self.is_lost:
                raise ConnectionResetError("the connection is gone")
            self._wanted = count
            self._deadline = time.monotonic() + seconds
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter, self._deadline = None, float("inf")
        return [self._replies.popleft() for _ in range(count)]

    def look_at_clock(self, now: float) -> None:
        """Cut the connection when the answer is overdue."""
        if now > self._deadline:
            self._fail(Silence("no answer in time"))
            self.close()

    def own_name(self) -> str:
        """Our address as EHLO says it (section 4.1.3), which shows nothing of the machine's name."""
        where = self._transport.get_extra_info("sockname") if self._transport else None
        host = str(where[0]) if where else "127.0.0.1"
        return f"[IPv6:{host}]" if ":" in host else f"[{host}]"

    async def start_tls(self, context: ssl.SSLContext, host: str) -> None:
        """Cover the connection; what came before in the clear counts for nothing (RFC 3207, section 4.2)."""
        if self._transport is None or self._raw or self._replies:
            raise ConnectionError("the relay spoke before TLS began")
        covered = await self._loop.start_tls(self._transport, self, context, server_hostname=host)
        if covered is None:
            raise ConnectionError("TLS did not begin")
        self._transport = covered

    def close(self) -> None:
        """Let go of the connection at once."""
        self.is_lost = True
        if self._transport is not None:
            self._transport.abort()

    def _fail(self, reason: Exception) -> None:
        self._reason = reason if self._reason is None else self._reason
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(self._reason)
