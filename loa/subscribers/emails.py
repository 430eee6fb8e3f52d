"""The mails of signing up."""

from collections.abc import Sequence
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loa.lib import clock
from loa.mail.actions.queue import queue
from loa.subscribers import queries
from loa.subscribers.models import Subscriber
from loa.subscribers.rules import Wish
from loa.ui.language import speaking


def confirm(subscriber: Subscriber, wishes: Sequence[Wish]) -> None:
    """Ask whether it was the owner of the address who wants this; at most one mail an hour about the same."""
    keys = [wish.key for wish in wishes]
    with speaking(subscriber.language):
        names = [one.name for one in queries.named(subscriber.portal, keys, subscriber.language).values()]
        subject = _("Xác nhận đăng ký nhận tin của %(name)s") % {"name": subscriber.portal.name}
        about = sha256("|".join(sorted(keys)).encode()).hexdigest()[:12]
        link = queries.confirm_link(subscriber, wishes)
        _queue(subscriber, "confirm", subject, about=about, link=link, lists=", ".join(names))


def preferences(subscriber: Subscriber) -> None:
    """Tell someone who signed up again that they are subscribed, and where to change it."""
    with speaking(subscriber.language):
        subject = _("Bạn đã nhận tin của %(name)s") % {"name": subscriber.portal.name}
        _queue(subscriber, "preferences", subject, link=queries.link(subscriber, "preferences"))


def _queue(subscriber: Subscriber, purpose: str, subject: str, *, about: str = "", **more: str) -> None:
    context = {
        "name": subscriber.portal.name,
        "leave": queries.link(subscriber, "leave"),
        "days": queries.DAYS_TO_CONFIRM,
        **more,
    }
    queue(
        key=f"subscribers:{purpose}:{subscriber.public_id}:{about}:{clock.now():%Y%m%d%H}",
        cancel_key=f"subscriber:{subscriber.public_id}",
        to=subscriber.email,
        subject=subject,
        text=render_to_string(f"subscribers/{purpose}.txt", context),
        urgent=True,  # somebody waits for it
    )
