"""Sends what is due, here and now; the worker does the same without end."""

from loa.mail.sender import Sender


def deliver_due() -> int:
    """Send everything that is due, and return how many mails left."""
    with Sender() as sender:
        while sender.round():
            pass
        return sender.sent
