"""Closes what was called back, once its maker has seen to it."""

from loa.mail.models import Mailing, MailingAbout, Message, MessageAbout


def close(message: Message) -> None:
    """Nothing is left to be built again of this message; done twice, nothing changes."""
    MessageAbout.objects.filter(message=message).delete()


def close_mailing(mailing: Mailing) -> None:
    """Nothing is left to be built again of this mailing; done twice, nothing changes."""
    MailingAbout.objects.filter(mailing=mailing).delete()
