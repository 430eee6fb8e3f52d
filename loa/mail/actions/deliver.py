"""Hands what is due to the transport: claim with a lease, send outside any transaction, settle."""

from datetime import timedelta
from email.errors import MessageError

from django.conf import settings

from loa.lib import clock
from loa.mail import emails, providers, queries
from loa.mail.errors import NotSent
from loa.mail.models import Message, State

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12  # with pauses of 2^n seconds up to an hour: some three hours
LONGEST_PAUSE = 3600


def deliver_due(limit: int = 50) -> int:
    """Send up to `limit` messages; returns how many left."""
    rows = list(queries.due(clock.now())[:limit])
    return sum(deliver(row) for row in rows if claim(row))


def claim(row: Message) -> bool:
    """Take a message in hand unless another worker was quicker."""
    now = clock.now()
    taken = queries.due(now).order_by().filter(pk=row.pk)
    return taken.update(state=State.LEASED, lease_until=now + LEASE) == 1


def deliver(row: Message) -> bool:
    """Send one message in hand; a failure waits longer each time and holds up nobody else."""
    if queries.is_suppressed(row.to):
        _settle(row, state=State.CANCELLED, error="suppressed")
        return False
    if queries.is_called_back(row):
        _settle(row, state=State.CANCELLED, error="called back")
        return False
    try:
        message = emails.build(row)
        providers.hand_over(settings.LOA_MAIL_URL, name=row.public_id, message=message)
    except NotSent as error:
        _put_back(row, str(error), permanent=error.permanent)
        return False
    except (ValueError, MessageError) as error:  # an address or header no mail can carry
        _put_back(row, str(error), permanent=True)
        return False
    _settle(row, state=State.SENT, sent_at=clock.now(), error="")
    return True


def _put_back(row: Message, error: str, *, permanent: bool) -> None:
    attempts = row.attempts + 1
    if queries.is_called_back(row):  # while it was in hand
        _settle(row, state=State.CANCELLED, attempts=attempts, error=error[:2000])
        return
    if permanent or attempts >= MOST_ATTEMPTS:
        _settle(row, state=State.FAILED, attempts=attempts, error=error[:2000])
        return
    pause = timedelta(seconds=min(LONGEST_PAUSE, 2**attempts))
    _settle(row, state=State.PENDING, attempts=attempts, not_before=clock.now() + pause, error=error[:2000])


def _settle(row: Message, **values: object) -> None:
    Message.objects.filter(pk=row.pk, state=State.LEASED).update(lease_until=None, **values)
