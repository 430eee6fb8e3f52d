"""The ways mail leaves, chosen by `LOA_MAIL_URL`; each takes one message as bytes or raises NotSent."""

from email.message import EmailMessage
from urllib.parse import urlsplit

from loa.mail.errors import UnknownTransport
from loa.mail.providers import folder, smtp


def hand_over(url: str, *, name: str, message: EmailMessage) -> None:
    """Send one message; `name` is the same whenever the same message is tried again."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder.hand_over(parts.path, name=name, message=message)
    elif parts.scheme in {"smtp", "smtps"}:
        smtp.hand_over(parts, message=message)
    else:
        raise UnknownTransport(f"LOA_MAIL_URL: “{parts.scheme}” is not built yet; use file:/folder or smtp://host:port")
