"""Changes what a subscriber hears about, whom they follow, and how often."""

from collections.abc import Iterable

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.subscribers import rules
from loa.subscribers.models import Following, Subscriber


def change(
    subscriber: Subscriber, *, frequency: str, sections: Iterable[str], is_general: bool, following: Iterable[str]
) -> None:
    """Set frequency and sections (none chosen means all), and follow only these organizations (slugs) still."""
    with transaction.atomic():
        subscriber.frequency = rules.frequency_of(frequency)
        subscriber.sections = rules.sections_of(subscriber.portal, sections)
        subscriber.is_general = is_general
        subscriber.save(update_fields=["frequency", "sections", "is_general"])
        rows = Following.objects.filter(subscriber=subscriber)
        rows.exclude(organization__slug__in=list(following)).delete()
        actor = Actor(f"subscriber:{subscriber.public_id}", "subscriber")
        record(actor, act="change", subject=f"subscriber:{subscriber.public_id}")
