"""Forget: what was read long ago goes from the inboxes."""

from datetime import timedelta

from django.db.models import Q

from loa.inbox.models import Item
from loa.lib import clock

READ, UNREAD = timedelta(days=180), timedelta(days=365)


def forget() -> int:
    """How many went: half a year after they were read, a year where nobody did."""
    now = clock.now()
    return Item.objects.filter(Q(read_at__lt=now - READ) | Q(at__lt=now - UNREAD)).delete()[0]
