"""The ways mail leaves, chosen by `LOA_MAIL_URL`."""

from urllib.parse import urlsplit

from loa.mail.errors import UnknownTransport
from loa.mail.journal import Journal
from loa.mail.providers.folder import Folder
from loa.mail.providers.job import Transport
from loa.mail.providers.smtp import Pool


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
