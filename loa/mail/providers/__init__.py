"""The ways mail leaves, chosen by `LOA_MAIL_URL`; each takes one message as bytes or raises NotSent."""

from urllib.parse import urlsplit

from loa.mail.errors import UnknownTransport
from loa.mail.providers import folder, smtp


def hand_over(url: str, *, name: str, sender: str, to: str, data: bytes) -> None:
    """Send one message; `name` is the same whenever the same message is tried again."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder.hand_over(parts.path, name=name, data=data)
    elif parts.scheme in {"smtp", "smtps"}:
        smtp.hand_over(parts, sender=sender, to=to, data=data)
    else:
        raise UnknownTransport(f"LOA_MAIL_URL: “{parts.scheme}” is not built yet; use file:/folder or smtp://host:port")
