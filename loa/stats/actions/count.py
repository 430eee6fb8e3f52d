"""Adds what the front door has counted."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from loa.archive.models import Entry
from loa.lib import clock

_UPSERT = """
INSERT INTO stats_dailyviews (entry_id, day, views) VALUES (%s, %s, %s)
ON CONFLICT (entry_id, day) DO UPDATE SET views = stats_dailyviews.views + excluded.views
"""


def count(hits: Mapping[str, int]) -> None:
    """Add views by public id; ids that are no entry's are passed over."""
    now = clock.now()
    entries = Entry.objects.filter(public_id__in=list(hits)).values_list("id", "public_id", "portal__time_zone")
    rows = [(pk, now.astimezone(ZoneInfo(zone)).date(), hits[public_id]) for pk, public_id, zone in entries]
    if rows:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_UPSERT, rows)
