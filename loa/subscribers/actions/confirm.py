"""Confirms a sign-up; from now on the portal's news may be sent."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.subscribers import rules
from loa.subscribers.models import Consent, State, Subscriber


def confirm(subscriber: Subscriber, *, text: str) -> None:
    """Mark the address as its owner's; done twice, nothing changes."""
    now = clock.now()
    with transaction.atomic():
        # Whoever only follows organizations is confirmed, but has not asked for the portal's news before now.
        rows = Subscriber.objects.filter(pk=subscriber.pk).exclude(state=State.CONFIRMED, is_general=True)
        if not rows.update(state=State.CONFIRMED, is_general=True, confirmed_at=now, left_at=None):
            return
        Consent.objects.create(
            subscriber=subscriber, text=text, text_version=rules.TEXT_VERSION, method="confirm", at=now
        )
        # The audit holds the id alone: an address must be erasable.
        actor = Actor(f"subscriber:{subscriber.public_id}", "subscriber")
        record(actor, act="confirm", subject=f"subscriber:{subscriber.public_id}")
    subscriber.refresh_from_db()
