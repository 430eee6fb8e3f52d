"""Closes what was called back, once its maker has seen to it."""

from loa.mail.models import Message, MessageAbout


def close(message: Message) -> None:
    """Nothing is left to be built again of this message; done twice, nothing changes."""
    MessageAbout.objects.filter(message=message).delete()
