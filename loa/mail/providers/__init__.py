"""The ways mail leaves, chosen by `LOA_MAIL_URL`."""

import asyncio
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from loa.mail.errors import NotSent, UnknownTransport
from loa.mail.journal import Journal
from loa.mail.providers.folder import Folder
from loa.mail.providers.job import Transport
from loa.mail.providers.smtp import Pool
from loa.mail.providers.smtp_connect import connect
from loa.mail.providers.smtp_line import Silence

KNOCK_SECONDS = 10.0


def refuse_unknown(url: str) -> None:
    """Raise UnknownTransport unless there is such a way."""
    scheme = urlsplit(url).scheme
    if scheme not in {"file", "smtp", "smtps"}:
        raise UnknownTransport(f"LOA_MAIL_URL: “{scheme}” is not built yet; use file:/folder or smtp://host:port")


def transport(url: str, journal: Journal, connections: int) -> Transport:
    """The transport an address names; with SMTP one connection more than told is kept for the lane of accounts."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Folder(parts.path)
    return Pool(parts, journal, connections)


def knock(url: str) -> None:
    """See that the relay answers, covers the line and lets us in; nothing is sent. Raises NotSent with the reason."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return
    try:
        asyncio.run(_knock(parts))
    except TimeoutError as error:
        raise NotSent(f"no answer within {KNOCK_SECONDS:.0f} seconds") from error
    except (OSError, Silence) as error:
        raise NotSent(str(error) or type(error).__name__) from error


async def _knock(parts: SplitResult) -> None:
    async with asyncio.timeout(KNOCK_SECONDS):
        line = await connect(parts, asyncio.get_running_loop())
    try:
        with suppress(OSError, Silence):  # whoever has no word for a guest that leaves had let us in
            await asyncio.wait_for(line.ask(["QUIT"], 1.0), 1.0)
    finally:
        line.close()
