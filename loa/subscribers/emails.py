"""The mails of signing up."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loa.lib import clock
from loa.mail.actions.queue import queue
from loa.organizations.models import Organization
from loa.subscribers import queries
from loa.subscribers.models import Subscriber
from loa.ui.language import speaking


def confirm(subscriber: Subscriber) -> None:
    """Ask whether it was the owner of the address who signed up; at most one mail an hour."""
    with speaking(subscriber.language):
        _queue(subscriber, "confirm", _("Xác nhận đăng ký bản tin %(name)s") % {"name": subscriber.portal.name})


def preferences(subscriber: Subscriber) -> None:
    """Tell someone who signed up again that they are subscribed, and where to change it."""
    with speaking(subscriber.language):
        _queue(subscriber, "preferences", _("Bạn đã nhận bản tin %(name)s") % {"name": subscriber.portal.name})


def follow(subscriber: Subscriber, organization: Organization) -> None:
    """Ask whether it was the owner of the address who wants to follow; at most one mail an hour about each."""
    with speaking(subscriber.language):
        name = (organization.name_en if subscriber.language != "vi" else "") or organization.name
        subject = _("Xác nhận theo dõi %(name)s") % {"name": name}
        link = queries.follow_link(subscriber, organization)
        _queue(subscriber, "follow", subject, about=f":{organization.pk}", link=link, followed=name)


def _queue(subscriber: Subscriber, purpose: str, subject: str, *, about: str = "", **more: str) -> None:
    context = {
        "name": subscriber.portal.name,
        "link": more.pop("link", "") or queries.link(subscriber, purpose),
        "leave": queries.link(subscriber, "leave"),
        "days": queries.DAYS_TO_CONFIRM,
        **more,
    }
    queue(
        key=f"subscribers:{purpose}:{subscriber.public_id}{about}:{clock.now():%Y%m%d%H}",
        cancel_key=f"subscriber:{subscriber.public_id}",
        to=subscriber.email,
        subject=subject,
        text=render_to_string(f"subscribers/{purpose}.txt", context),
        urgent=True,
    )
