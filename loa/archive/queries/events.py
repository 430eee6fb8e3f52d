"""When public events take place, and the entries that tell of them."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from loa.archive.models import Entry, Occasion, State, Version
from loa.archive.queries.entries import everything


def ahead(portal_id: int, now: datetime) -> QuerySet[Occasion]:
    """Public events that have not begun, the next one first."""
    return occasions(portal_id).filter(starts_at__gte=now).order_by("starts_at", "entry_id")


def under_way(rows: QuerySet[Occasion], now: datetime) -> QuerySet[Any]:
    """Of those, what has begun and is still to end, with when it began as `begins`."""
    # Not the column itself: along its index a database would walk through all that ever began.
    begins = Coalesce("starts_at", "ends_at")
    return rows.annotate(begins=begins).filter(LessThan(begins, now), ends_at__gte=now)


def occasions(portal_id: int, **of: Any) -> QuerySet[Occasion]:
    """When public events take place; `of` chooses among their entries.

    The entry is asked about and not joined: so a database reads along the few occasions, not along every entry.
    """
    return Occasion.objects.filter(
        Exists(Entry.objects.filter(pk=OuterRef("entry_id"), portal=portal_id, state=State.PUBLISHED, **of))
    )


def dated(portal_id: int) -> QuerySet[Entry]:
    """Entries that tell of an event, withdrawn ones too, with when it takes place and how often they were corrected."""
    texts = Version.objects.filter(entry=OuterRef("pk"), language=OuterRef("current__language")).order_by()
    counted = texts.values("entry").annotate(n=Count("pk")).values("n")
    rows = everything(portal_id).filter(occasion__isnull=False).select_related("occasion")
    return rows.annotate(corrections=Subquery(counted) - 1).order_by("occasion__starts_at", "id")
