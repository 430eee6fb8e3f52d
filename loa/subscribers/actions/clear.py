"""Removes what nobody confirmed in time, and what no longer counts."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from loa.lib import clock
from loa.subscribers import queries
from loa.subscribers.actions.count_advertising import forget_counted
from loa.subscribers.models import Bringing, FollowedSearch, State, Subscriber, Subscription
from loa.subscribers.rules import SEARCH


def clear() -> int:
    """Delete addresses nobody confirmed within seven days, searches nobody follows, and files nobody began with.

    Returns how many addresses; run as often as one likes.
    """
    forget_counted()
    before = clock.now() - timedelta(days=queries.DAYS_TO_CONFIRM)
    Bringing.objects.filter(state=Bringing.State.CHOOSING, begun_at__lt=before).delete()
    wish = Concat(Value(f"{SEARCH}:"), OuterRef("digest"))
    is_followed = Exists(Subscription.objects.filter(subscriber__portal=OuterRef("portal"), key=wish))
    FollowedSearch.objects.filter(~is_followed, asked_at__lt=before).delete()
    rows = Subscriber.objects.filter(state=State.UNCONFIRMED, asked_at__lt=before)
    return rows.delete()[1].get("subscribers.Subscriber", 0)
