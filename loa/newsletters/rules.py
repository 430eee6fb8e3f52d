"""When a newsletter is due, and what is new in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loa.archive.models import Entry
from loa.subscribers.models import Frequency, Subscriber

HOUR = 7  # of the day, in the portal's zone


@dataclass(frozen=True)
class Period:
    """One newsletter's worth of time."""

    key: str
    due: datetime  # whoever confirmed later waits for the next
    since: datetime  # entries older than this are no news


def period(frequency: str, zone: str, now: datetime) -> Period:
    """The newest period that has come due. A worker that slept through the hour catches up."""
    if frequency == Frequency.AT_ONCE:
        return Period("", now, now - timedelta(days=1))
    local = now.astimezone(ZoneInfo(zone))
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if frequency == Frequency.WEEKLY:
        due -= timedelta(days=local.weekday())
    days = 7 if frequency == Frequency.WEEKLY else 1
    if due > local:
        due -= timedelta(days=days)
    letter = "w" if frequency == Frequency.WEEKLY else "d"
    # Twice the time: what came out between two newsletters and missed one is still new in the next.
    return Period(f"{letter}{due:%Y-%m-%d}", due, now - timedelta(days=2 * days))


def is_wanted(entry: Entry, subscriber: Subscriber) -> bool:
    """Say whether a subscriber asked for news like this; at once means from the confirmation on."""
    if subscriber.sections and entry.section.slug not in subscriber.sections:
        return False
    confirmed = subscriber.confirmed_at
    return subscriber.frequency != Frequency.AT_ONCE or (confirmed is not None and entry.published_at > confirmed)


def wanted(entries: Sequence[Entry], subscriber: Subscriber, had: set[int]) -> list[Entry]:
    """What to send a subscriber, newest first, without what they have had."""
    return [entry for entry in entries if entry.pk not in had and is_wanted(entry, subscriber)]
