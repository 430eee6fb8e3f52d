"""Readers, and how they find their way by mail, for the tests of rooms that write to them."""

import re
import time
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import TimestampSigner, b62_encode
from django.test import Client

from loa.lib import clock
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.subscribers.models import Frequency, State, Subscriber, Subscription

OWN = {"Sec-Fetch-Site": "same-origin"}


class AMinuteAgo(TimestampSigner):
    """Signs as somebody did who has read the form since."""

    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - 60)


def read() -> dict[str, str]:
    """What a form brings back whose reader took a minute over it."""
    return {"shown": AMinuteAgo(salt="loa.subscribers.form").sign("shown")}


def make_reader(
    portal: Portal,
    email: str = "doc@vidu.vn",
    *keys: str,
    frequency: str = Frequency.DAILY,
    language: str = "vi",
    since: datetime | None = None,
    **more: Any,
) -> Subscriber:
    """A confirmed reader of these lists (none: the portal's news), since thirty days ago unless said."""
    asked = since or clock.now() - timedelta(days=30)
    values = {"state": State.CONFIRMED, "asked_at": asked, "confirmed_at": asked, "language": language} | more
    made = Subscriber.objects.create(portal=portal, email=email, **values)
    if made.state == State.CONFIRMED:
        for key in keys or ("general",):
            made.subscriptions.create(key=key, frequency=frequency, language=language, since=asked)
    return made


def ask(client: Client, email: str = "Doc@vidu.vn", *, prefix: str = "", **more: Any) -> Any:
    """Send the form to sign up as a reader does."""
    return client.post(f"{prefix}/newsletter", {"email": email, **read(), **more}, headers=OWN)


def press(client: Client, address: str, **more: Any) -> Any:
    """Press the button of a page of ours."""
    return client.post(address, more, headers=OWN)


def link(purpose: str) -> str:
    """The newest link for a purpose in the mails that wait, as a path."""
    texts = "\n".join(Message.objects.order_by("-id").values_list("text", flat=True))
    found = re.search(rf"https?://[^/]+(\S*/newsletter/{purpose}/\S+)", texts)
    assert found, texts
    return found[1]


def lists(email: str = "doc@vidu.vn") -> dict[str, str]:
    """What a reader is sent, and how often."""
    rows = Subscription.objects.filter(subscriber__email=email).order_by("key")
    return dict(rows.values_list("key", "frequency"))
