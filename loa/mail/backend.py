"""Django's way of sending mail, writing rows: what allauth sends is durable like everything else."""

from collections.abc import Sequence
from hashlib import sha256

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from loa.lib.tokens import random_id
from loa.mail.actions.queue import queue


class RowBackend(BaseEmailBackend):
    """Queues one row a recipient, inside the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message; returns how many."""
        for message in email_messages:
            batch = random_id()
            for address in message.recipients():
                queue(
                    key=f"django:{batch}:{sha256(address.encode()).hexdigest()[:16]}",
                    to=address,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=_html_of(message),
                    urgent=True,
                )
        return len(email_messages)


def _html_of(message: EmailMessage) -> str:
    """The HTML alternative, if the message has one."""
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(part[0]) for part in message.alternatives if part[1] == "text/html"), "")
