"""Changes what a subscriber hears about, and how often."""

from collections.abc import Iterable

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.subscribers import rules
from loa.subscribers.models import Subscriber


def change(subscriber: Subscriber, *, frequency: str, sections: Iterable[str]) -> None:
    """Set frequency and sections; no section chosen means all."""
    with transaction.atomic():
        subscriber.frequency = rules.frequency_of(frequency)
        subscriber.sections = rules.sections_of(subscriber.portal, sections)
        subscriber.save(update_fields=["frequency", "sections"])
        actor = Actor(f"subscriber:{subscriber.public_id}", "subscriber")
        record(actor, act="change", subject=f"subscriber:{subscriber.public_id}")
