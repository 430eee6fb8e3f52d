"""Mail over SMTP to a relay (`smtp://user:pass@host:587`, `smtps://` for TLS from the first byte)."""

import smtplib
import ssl
from urllib.parse import SplitResult, unquote

from loa.mail.errors import NotSent

SECONDS = 30.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def hand_over(url: SplitResult, *, sender: str, to: str, data: bytes) -> None:
    """Send one message on a connection of its own; a 5xx about recipient or text (RFC 5321) is final."""
    try:
        with _connect(url) as relay:
            relay.sendmail(sender, [to], data)
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        raise NotSent(str(error.recipients), permanent=all(code >= 500 for code in codes)) from error
    except smtplib.SMTPDataError as error:
        raise NotSent(f"{error.smtp_code} {error.smtp_error!r}", permanent=error.smtp_code >= 500) from error
    except (OSError, smtplib.SMTPException) as error:
        # A wrong password or a refused sender is the operator's to mend, and then the mail must still leave.
        raise NotSent(str(error)) from error


def _connect(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    relay: smtplib.SMTP
    is_covered = url.scheme == "smtps" or host in LOOPBACK
    if url.scheme == "smtps":
        relay = smtplib.SMTP_SSL(host, url.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    else:
        relay = smtplib.SMTP(host, url.port or 25, timeout=SECONDS)
        relay.ehlo()
        if relay.has_extn("starttls"):
            relay.starttls(context=ssl.create_default_context())
            relay.ehlo()
            is_covered = True
    if url.username:
        if not is_covered:
            relay.close()
            raise NotSent("the relay offers no TLS, and a password is never sent in the clear; use smtps://")
        relay.login(unquote(url.username), unquote(url.password or ""))
    return relay
