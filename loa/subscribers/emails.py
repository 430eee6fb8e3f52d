"""The mails about an address itself: signing up, and the press list."""

from collections.abc import Sequence
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loa.lib import clock
from loa.mail.actions.queue import queue
from loa.mail.models import Lane
from loa.subscribers import queries
from loa.subscribers.models import Bringing, Journalist, Subscriber
from loa.subscribers.rules import Wish
from loa.ui.language import speaking


def confirm(subscriber: Subscriber, wishes: Sequence[Wish]) -> None:
    """Ask whether it was the owner of the address who wants this; at most one mail an hour about the same."""
    with speaking(subscriber.language):
        subject = _("Xác nhận đăng ký nhận tin của %(name)s") % {"name": subscriber.portal.name}
        about = sha256("|".join(sorted(wish.key for wish in wishes)).encode()).hexdigest()[:12]
        _queue(subscriber, "confirm", subject, about=f"{about}:{_hour()}", **_asking(subscriber, wishes))


def invite(subscriber: Subscriber, wishes: Sequence[Wish], bringing: Bringing) -> None:
    """Ask somebody who agreed elsewhere whether they want it here too; once for each time they were brought in."""
    with speaking(subscriber.language):
        subject = _("Bạn có muốn nhận tin của %(name)s?") % {"name": subscriber.portal.name}
        more = {**_asking(subscriber, wishes), "source": bringing.source}
        _queue(subscriber, "invite", subject, about=str(bringing.pk), lane=Lane.NEWS, **more)


def preferences(subscriber: Subscriber) -> None:
    """Tell someone who signed up again that they are subscribed, and where to change it."""
    with speaking(subscriber.language):
        subject = _("Bạn đã nhận tin của %(name)s") % {"name": subscriber.portal.name}
        _queue(subscriber, "preferences", subject, about=_hour(), link=queries.link(subscriber, "preferences"))


def admitted(journalist: Journalist) -> None:
    """Tell a journalist that they are on the press list."""
    with speaking(journalist.language):
        subject = _("Bạn đã vào danh sách báo chí của %(name)s") % {"name": journalist.subscriber.portal.name}
        _decided(journalist, "admitted", subject)


def turned_away(journalist: Journalist) -> None:
    """Tell a journalist that they are not on the press list, or no longer, and why."""
    with speaking(journalist.language):
        subject = _("Về danh sách báo chí của %(name)s") % {"name": journalist.subscriber.portal.name}
        _decided(journalist, "turned_away", subject)


def _decided(journalist: Journalist, purpose: str, subject: str) -> None:
    reader = journalist.subscriber
    link, about = queries.link(reader, "preferences"), f"{journalist.decided_at:%Y%m%d%H%M%S}"
    _queue(reader, purpose, subject, about=about, link=link, person=journalist.name, note=journalist.note)


def _asking(subscriber: Subscriber, wishes: Sequence[Wish]) -> dict[str, str]:
    found = queries.named(subscriber.portal, [wish.key for wish in wishes], subscriber.language)
    return {"link": queries.confirm_link(subscriber, wishes), "lists": ", ".join(one.name for one in found.values())}


def _hour() -> str:
    return f"{clock.now():%Y%m%d%H}"


def _queue(
    subscriber: Subscriber, purpose: str, subject: str, *, about: str, lane: str = Lane.ACCOUNT, **more: str
) -> None:
    context = {
        "name": subscriber.portal.name,
        "leave": queries.link(subscriber, "leave"),
        "days": queries.DAYS_TO_CONFIRM,
        **more,
    }
    queue(
        key=f"subscribers:{purpose}:{subscriber.public_id}:{about}",
        cancel_key=f"subscriber:{subscriber.public_id}",
        to=subscriber.email,
        subject=subject,
        text=render_to_string(f"subscribers/{purpose}.txt", context),
        lane=lane,
    )
