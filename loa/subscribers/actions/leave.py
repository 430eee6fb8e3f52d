"""Ends a subscription at once."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.mail.actions.cancel import cancel
from loa.subscribers import rules
from loa.subscribers.models import Consent, Following, State, Subscriber


def leave(subscriber: Subscriber) -> None:
    """Send nothing more, and call back what has not left; done twice, nothing changes."""
    now = clock.now()
    with transaction.atomic():
        rows = Subscriber.objects.filter(pk=subscriber.pk).exclude(state=State.LEFT)
        if not rows.update(state=State.LEFT, left_at=now):
            return
        Following.objects.filter(subscriber=subscriber).delete()
        cancel(f"subscriber:{subscriber.public_id}")
        Consent.objects.create(subscriber=subscriber, text="", text_version=rules.TEXT_VERSION, method="leave", at=now)
        actor = Actor(f"subscriber:{subscriber.public_id}", "subscriber")
        record(actor, act="leave", subject=f"subscriber:{subscriber.public_id}")
    subscriber.refresh_from_db()
