"""Lets a subscriber have no news for some days, or again."""

from datetime import timedelta

from loa.lib import clock
from loa.subscribers.models import Subscriber


def rest(subscriber: Subscriber, *, days: int) -> None:
    """Send no news for so many days from now; none ends the rest at once."""
    subscriber.paused_until = clock.now() + timedelta(days=days) if days else None
    subscriber.save(update_fields=["paused_until"])
