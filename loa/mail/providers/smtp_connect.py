"""Opens a connection to a relay: greeting, TLS and signing in (RFC 5321, RFC 3207, RFC 4954)."""

import asyncio
import base64
import ssl
from urllib.parse import SplitResult, unquote

from loa.mail.errors import NotSent
from loa.mail.providers.smtp_line import Line

CONNECT_SECONDS = 30.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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
    if "AUTH" not in offers:
        raise NotSent("the relay offers no way to sign in; leave user and password out of LOA_MAIL_URL")
    ways = offers["AUTH"].split()
    if "PLAIN" in ways or "LOGIN" not in ways:
        token = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        (reply,) = await line.ask([f"AUTH PLAIN {token}"], CONNECT_SECONDS)
    else:
        await line.ask(["AUTH LOGIN"], CONNECT_SECONDS)
        await line.ask([base64.b64encode(user.encode()).decode()], CONNECT_SECONDS)
        (reply,) = await line.ask([base64.b64encode(password.encode()).decode()], CONNECT_SECONDS)
    if not reply.is_good:
        # Its code alone: there are relays that repeat what they were sent, which is the password.
        raise NotSent(f"the relay does not take the user and password of LOA_MAIL_URL: it answers {reply.code}")
