"""Counts advertising mail by address, for the limit of three a day."""

from collections.abc import Mapping
from datetime import datetime

from loa.lib import clock
from loa.subscribers import queries
from loa.subscribers.models import Advertised
from loa.subscribers.rules.advertising import DAY


def count_advertising(moments: Mapping[str, datetime], *, mailing: str) -> None:
    """Note when one mail of a mailing goes to each address; call it where the mail is queued, in that transaction.

    `mailing` names what is sent (at most 100 characters); the same one to the same address is counted once.
    """
    rows = [Advertised(digest=queries.digest_of(email), mailing=mailing, at=at) for email, at in moments.items()]
    Advertised.objects.bulk_create(rows, ignore_conflicts=True)


def forget_counted() -> int:
    """Remove what no longer counts; returns how many rows."""
    return Advertised.objects.filter(at__lt=clock.now() - 2 * DAY).delete()[0]
