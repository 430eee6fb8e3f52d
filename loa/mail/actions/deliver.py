"""Hands what is due to the transport: claim with a lease, send outside any transaction, settle."""

from datetime import timedelta

from django.conf import settings

from loa.lib import clock
from loa.mail import emails, providers, queries
from loa.mail.errors import NotSent
from loa.mail.models import Copy, Message, State

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12  # with pauses of 2^n seconds up to an hour: some three hours
LONGEST_PAUSE = 3600


def deliver_due(limit: int = 50) -> int:
    """Send up to `limit` messages and as many copies; returns how many left."""
    now = clock.now()
    rows: list[Message | Copy] = [*queries.due(now)[:limit], *queries.due_copies(now)[:limit]]
    return sum(deliver(row) for row in rows if claim(row))


def claim(row: Message | Copy) -> bool:
    """Take a mail in hand unless another worker was quicker."""
    now = clock.now()
    leased = {"state": State.LEASED, "lease_until": now + LEASE}
    if isinstance(row, Message):
        return queries.due(now).order_by().filter(pk=row.pk).update(**leased) == 1
    mine = queries.due_copies(now).order_by().filter(pk=row.pk).values("pk")
    return Copy.objects.filter(pk__in=mine).update(**leased) == 1


def deliver(row: Message | Copy) -> bool:
    """Send one mail in hand; a failure waits longer each time and holds up nobody else."""
    if queries.is_suppressed(row.to):
        _settle(row, state=State.SUPPRESSED)
        return False
    try:
        sender, data = emails.build(row)
        providers.hand_over(settings.LOA_MAIL_URL, name=emails.name_of(row), sender=sender, to=row.to, data=data)
    except NotSent as error:
        _put_back(row, str(error), permanent=error.permanent)
        return False
    except ValueError as error:  # a header no mail can carry
        _put_back(row, str(error), permanent=True)
        return False
    _settle(row, state=State.SENT, sent_at=clock.now(), error="")
    return True


def _put_back(row: Message | Copy, error: str, *, permanent: bool) -> None:
    attempts = row.attempts + 1
    if permanent or attempts >= MOST_ATTEMPTS:
        _settle(row, state=State.FAILED, attempts=attempts, error=error[:2000])
        return
    pause = timedelta(seconds=min(LONGEST_PAUSE, 2**attempts))
    _settle(row, state=State.DEFERRED, attempts=attempts, not_before=clock.now() + pause, error=error[:2000])


def _settle(row: Message | Copy, **values: object) -> None:
    type(row)._default_manager.filter(pk=row.pk, state=State.LEASED).update(lease_until=None, **values)
