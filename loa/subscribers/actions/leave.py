"""Ends one subscription, or all of an address, at once."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.mail.actions.cancel import cancel
from loa.subscribers import queries, rules
from loa.subscribers.actions.change import drop
from loa.subscribers.models import Consent, State, Subscriber, Subscription


def leave(subscriber: Subscriber, key: str = "", *, actor: Actor | None = None) -> None:
    """Send nothing more of one list (by its key), or nothing at all; done twice, nothing changes.

    What has not left is called back. Who leaves the last list has left. Without an actor it was the reader.
    """
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        others = Subscription.objects.filter(subscriber=locked).exclude(key=key) if key else None
        if others is not None and others.exists():
            if not Subscription.objects.filter(subscriber=locked, key=key).exists():
                return
            drop(locked, [key], method="one_click")
        elif locked.state == State.LEFT:
            return
        else:
            _leave_all(locked)
        subject = f"subscriber:{locked.public_id}"
        record(actor or Actor(subject, "subscriber"), act="leave", subject=subject, detail={"list": key})
    subscriber.refresh_from_db()


def _leave_all(subscriber: Subscriber) -> None:
    now = clock.now()
    subscriber.state, subscriber.left_at = State.LEFT, now
    subscriber.save(update_fields=["state", "left_at"])
    for key in queries.all_about(subscriber):
        cancel(key)
    Subscription.objects.filter(subscriber=subscriber).delete()
    Consent.objects.create(subscriber=subscriber, text="", text_version=rules.TEXT_VERSION, method="leave", at=now)
