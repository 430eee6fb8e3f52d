"""Figures that pages say as of a moment (`loa.portals.queries`), and how each is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, OuterRef, Subquery
from django.db.models.functions import Cast, Substr

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.pages.queries import lists
from loa.places.models import Place
from loa.portals.models import Portal
from loa.topics import queries as topics


@dataclass(frozen=True, slots=True)
class Line:
    """A topic or a place in a list of them all, with how many entries it holds, and what stands under it."""

    name: str
    path: str
    entries: int
    below: "Sequence[Line]" = ()


def by_place(portal: Portal) -> dict[int, int]:
    """How many entries each place has by itself."""
    here = archive.news(portal.pk).filter(place=OuterRef("pk")).select_related(None).order_by()
    counted = here.values("place").annotate(n=Count("pk")).values("n")
    return {pk: n or 0 for pk, n in Place.objects.order_by().values_list("pk", Subquery(counted))}


def by_topic(portal: Portal) -> dict[str, int]:
    """How many entries each topic has, narrower ones with it; an entry counts once."""
    about = Entry.topics.through.objects.filter(entry__portal=portal, entry__state=State.PUBLISHED)
    about = about.exclude(entry__kind=archive.LIFE)
    pairs = about.order_by("entry_id").values_list("entry_id", "topic_id").iterator(chunk_size=5000)
    # Counted by the set of topics first: many entries share one, and no database counts distinct pairs so fast.
    sets = Counter(tuple(pair[1] for pair in group) for _, group in groupby(pairs, key=itemgetter(0)))
    ways, counts = topics.ways_up(), Counter[str]()
    for chosen, number in sets.items():
        for qcode in {one for topic in chosen for one in ways[topic]}:
            counts[qcode] += number
    return dict(counts)


def by_day(portal: Portal, year: int) -> dict[tuple[int, int], int]:
    """How many entries each day (month, day) of a year has, in the portal's zone; days without any are left out.

    In whole numbers, for it is unpacked for every page that shows it.
    """
    zone = ZoneInfo(portal.time_zone)
    begins, ends = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    is_whole = all((moment.utcoffset() or timedelta()) % timedelta(hours=1) == timedelta() for moment in (begins, ends))
    # Counted by the hour (or ten minutes) cut out of the text of the moment, which every database does without calling
    # Python for each row; a year has some nine thousand hours.
    cut = Substr(Cast("published_at", CharField()), 1, 13 if is_whole else 15)
    own, sisters = (
        rows.select_related(None).order_by().annotate(cut=cut).values_list("cut").annotate(n=Count("pk"))
        for rows in lists.of_time(portal_id=portal.pk, begins=begins.astimezone(UTC), ends=ends.astimezone(UTC))
    )
    found: Counter[tuple[int, int]] = Counter()
    for text, entries in own.union(sisters, all=True):
        moment = datetime.fromisoformat(f"{text}:00" if is_whole else f"{text}0").replace(tzinfo=UTC)
        local = moment.astimezone(zone)
        found[local.month, local.day] += entries
    return dict(found)


MOST_READ_KEY, GOES_ON_KEY, BY_TOPIC_KEY, BY_PLACE_KEY = "most-read", "goes-on", "by-topic", "by-place"
OLDEST_KEY = "oldest"  # when the first of all entries was published


def days_key(year: int) -> str:
    """Of the days of a year, for `kept_a_minute`."""
    return f"month-days-{year}"
