"""Count: adds what the front door has counted."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from loa.archive.models import Entry
from loa.edge.hits import Event
from loa.lib import clock
from loa.stats import queries
from loa.stats.models import Tally, What

Tallies = Counter[tuple[int, date, str, str]]
"""Entry, day, what, name."""

MOST_NAMES = 100  # of one thing, entry and day; what comes under further names is summed under none

_UPSERTS = {
    "day": """
INSERT INTO stats_dailyviews (entry_id, day, views) VALUES (%s, %s, %s)
ON CONFLICT (entry_id, day) DO UPDATE SET views = stats_dailyviews.views + excluded.views
""",
    "tally": """
INSERT INTO stats_tally (entry_id, day, what, name, count) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (entry_id, day, what, name) DO UPDATE SET count = stats_tally.count + excluded.count
""",
}


def count(events: Mapping[Event, int]) -> None:
    """Adds by public id, what happened and name; ids that are no entry's, and what cannot be true, are passed over.

    A view's name is the language of its page. A click counts where the entry's texts link to that host.
    """
    now = clock.now()
    ids = {public_id for public_id, _what, _name in events}
    rows = Entry.objects.filter(public_id__in=list(ids)).values_list("public_id", "id", "portal__time_zone")
    known = {public_id: (pk, now.astimezone(ZoneInfo(zone)).date()) for public_id, pk, zone in rows}
    views: Counter[tuple[int, date]] = Counter()
    tallies: Tallies = Counter()
    for (public_id, what, name), times in events.items():
        if public_id not in known:
            continue
        pk, day = known[public_id]
        if what == "view":
            views[pk, day] += times
            what = What.LANGUAGE  # noqa: PLW2901 -- a view is also a view in a language
        tallies[pk, day, what, name] += times
    if not tallies:
        return
    told = _believable(tallies)
    with transaction.atomic(), connection.cursor() as cursor:
        _all(cursor, "day", [(pk, day, times) for (pk, day), times in sorted(views.items())])
        add(cursor, _within_bounds(told))


def _believable(tallies: Tallies) -> Tallies:
    """Without clicks on links that the entry does not have; texts are not read again for what was believed today."""
    clicks = {key for key in tallies if key[2] == What.CLICK}
    if not clicks:
        return tallies
    entries, days = {pk for pk, *_ in clicks}, {day for _pk, day, *_ in clicks}
    rows = Tally.objects.filter(what=What.CLICK, entry_id__in=entries, day__in=days).exclude(name="")
    believed = clicks.intersection(rows.values_list("entry_id", "day", "what", "name"))
    hosts = queries.hosts_of({pk for pk, *_ in clicks - believed})
    believed |= {key for key in clicks - believed if key[3] in hosts.get(key[0], ())}
    return Counter({key: times for key, times in tallies.items() if key not in clicks or key in believed})


def _within_bounds(tallies: Tallies) -> Tallies:
    """With names beyond the bound summed under none: anybody can invent names."""
    pairs = {(pk, day) for pk, day, _what, _name in tallies}
    known: dict[tuple[int, date, str], set[str]] = defaultdict(set)
    rows = Tally.objects.filter(entry_id__in={pk for pk, _day in pairs}, day__in={day for _pk, day in pairs})
    for pk, day, what, name in rows.values_list("entry_id", "day", "what", "name"):
        known[pk, day, what].add(name)
    kept: Tallies = Counter()
    for (pk, day, what, name), times in tallies.items():
        names = known[pk, day, what]
        if name not in names and len(names) >= MOST_NAMES:
            kept[pk, day, what, ""] += times
        else:
            names.add(name)
            kept[pk, day, what, name] += times
    return kept


def add(cursor: CursorWrapper, tallies: Tallies) -> None:
    """Add to what stands there already; the caller holds the transaction."""
    _all(cursor, "tally", [(*key, times) for key, times in sorted(tallies.items())])


def _all(cursor: CursorWrapper, which: str, rows: Sequence[tuple[int | str | date, ...]]) -> None:
    """In the order of their keys, so that two processes never wait for each other crosswise."""
    if rows:
        cursor.executemany(_UPSERTS[which], rows)
