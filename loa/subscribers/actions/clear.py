"""Removes what nobody confirmed in time, and what no longer counts."""

from datetime import timedelta

from loa.lib import clock
from loa.subscribers import queries
from loa.subscribers.actions.count_advertising import forget_counted
from loa.subscribers.models import Bringing, State, Subscriber


def clear() -> int:
    """Delete addresses nobody confirmed within seven days, and files of addresses nobody began with.

    Returns how many addresses; run as often as one likes.
    """
    forget_counted()
    before = clock.now() - timedelta(days=queries.DAYS_TO_CONFIRM)
    Bringing.objects.filter(state=Bringing.State.CHOOSING, begun_at__lt=before).delete()
    rows = Subscriber.objects.filter(state=State.UNCONFIRMED, asked_at__lt=before)
    return rows.delete()[1].get("subscribers.Subscriber", 0)
