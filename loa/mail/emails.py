"""Turns a row into a mail of the Internet (RFC 5322)."""

from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings

from loa.mail.models import Message


def build(row: Message) -> EmailMessage:
    """Return the mail; its Message-ID is made of the row's id, so a second try is known as the same mail."""
    mail = EmailMessage()
    sender = row.headers.get("From", settings.DEFAULT_FROM_EMAIL)
    mail["From"] = sender
    mail["To"] = row.to
    mail["Subject"] = row.subject
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<{row.public_id}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in row.headers.items():
        if name != "From":
            mail[name] = value
    mail.set_content(row.text)
    if row.html:
        mail.add_alternative(row.html, subtype="html")
    return mail
