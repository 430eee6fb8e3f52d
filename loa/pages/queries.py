"""What the public pages show, gathered from the record in few reads."""

import base64
import binascii
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Substr

from loa.archive import queries as archive
from loa.archive.models import Entry, Occasion, Quotation, Shows, State
from loa.lib import clock, prepared, vietnamese
from loa.organizations import queries as organizations_let_out
from loa.organizations.models import Kind, Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.stats import queries as stats
from loa.stats.models import DailyViews
from loa.topics import queries as topics
from loa.topics.models import Section

PAGE = 20
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `older` and `newer` are the cursors of the next ones, newer `-` is the first page."""

    entries: list[Entry] = field(default_factory=list)
    older: str = ""
    newer: str = ""
    beside: list[Entry] = field(default_factory=list)  # all that was read with a first page, newest first


def cards(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Rows without the long texts that lists do not show."""
    return rows.defer("current__body_html", "current__body_text")


Lists = Callable[..., list[QuerySet[Entry]]]  # of the values they are narrowed by, for `prepared`
ListsOf = partial[list[QuerySet[Entry]]]  # the same with their values
Short = Callable[[QuerySet[Entry], str], QuerySet[Entry]]  # what of a row is read: `archive.in_lines`, `as_cards`


def listing(
    portal: Portal,
    rows: ListsOf,
    language: str,
    *,
    before: str = "",
    after: str = "",
    beside: Lists | None = None,
    short: Short = archive.in_lines,
) -> Listing:
    """A page below or above a cursor; a cursor nobody gave out, or nothing above it, is the first page.

    Several lists are shown as one. `beside` gives short lists of the same values to be read in the same breath, for the
    first page: stories of the sender's house, and entries that the whole list holds too.
    """
    values = {**rows.keywords, "lists": rows.func, "language": language, "short": short}
    if (place := _read_cursor(after)) is not None:
        found = _read(portal, _above, **values, at=place[0], pk=place[1])[: PAGE + 1][::-1]
        if len(found) > PAGE:
            return Listing(found[1:], _cursor(found[-1]), _cursor(found[1]))
    elif (place := _read_cursor(before)) is not None:
        found = _read(portal, _below, **values, at=place[0], pk=place[1])
        return _page(found, _cursor(found[0]) if found else FIRST)
    if place is not None:  # nothing above it
        return _page(_read(portal, _first, **values, beside=None), "")
    both = _read(portal, _first, **values, beside=beside)
    listed = [one for one in both if beside is None or one.kind != archive.LIFE]
    return replace(_page(listed, ""), beside=both)


def _page(found: list[Entry], newer: str) -> Listing:
    shown = found[:PAGE]
    return Listing(shown, _cursor(shown[-1]) if len(found) > PAGE else "", newer)


def _first(
    *, lists: Lists, beside: Lists | None, language: str, short: Short, **values: Any
) -> QuerySet[Entry]:  # fmt: skip
    """The first rows of every list and one more, and what is read beside them."""
    more = beside(**values) if beside is not None else ()
    rows = _these(any_of(*(part[: PAGE + 1] for part in lists(**values)), *more), language, short)
    return rows.select_related("occasion", "place") if beside is not None else rows


def _below(
    *, lists: Lists, language: str, short: Short, at: datetime, pk: int, **values: Any
) -> QuerySet[Entry]:  # fmt: skip
    # The first bound is meant for the index: from an OR no database sees where to begin.
    older = Q(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk), published_at__lte=at)
    return _these(any_of(*(part.filter(older)[: PAGE + 1] for part in lists(**values))), language, short)


def _above(
    *, lists: Lists, language: str, short: Short, at: datetime, pk: int, **values: Any
) -> QuerySet[Entry]:  # fmt: skip
    newer, order = Q(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk), published_at__gte=at), _UPWARDS
    parts = (part.filter(newer).order_by(*order)[: PAGE + 1] for part in lists(**values))
    return _these(any_of(*parts), language, short).order_by(*order)


def latest_of(portal: Portal, rows: ListsOf, language: str, most: int) -> list[Entry]:
    """The newest of several lists together."""
    short = archive.in_lines
    return _read(portal, _first, lists=rows.func, language=language, short=short, beside=None, **rows.keywords)[:most]


FIRST = "-"


_UPWARDS = ("published_at", "pk")


def _these(ids: RawSQL, language: str, short: Short) -> QuerySet[Entry]:
    """The rows with these ids; which ones was decided on an index alone, before anything is joined to them."""
    return short(Entry.objects.filter(pk__in=ids).order_by("-published_at", "-pk"), language)


def _read(portal: Portal, build: Callable[..., QuerySet[Entry]], **values: Any) -> list[Entry]:
    """The rows, each with its text in this language where it has one, and with its portal; for showing only."""
    found = prepared.rows(build, **values)
    near = {one.pk: one for one in (portal, *portal.sisters)}
    if others := {entry.portal_id for entry in found} - near.keys():
        near |= Portal.objects.in_bulk(others)
    for entry in found:
        entry.current, entry.portal = archive.text_of(entry), near[entry.portal_id]
    return found


def _chosen(ids: RawSQL, language: str, order: Sequence[Any] = ("-published_at", "-pk")) -> list[Entry]:
    """The rows with these ids and all they have but the long texts."""
    joined = Entry.objects.select_related("current", "organization", "section", "place", "portal", "occasion")
    return archive.prefer(cards(joined.filter(pk__in=ids).order_by(*order)), language)


def any_of(*parts: QuerySet[Entry] | QuerySet[Occasion]) -> RawSQL:
    """The entries' ids of several short lists together, for `pk__in`; each keeps its own order and length.

    The ORM has no union of sliced lists on SQLite, and an OR of them reads the whole table on PostgreSQL.
    """
    sql: list[str] = []
    values: list[Any] = []
    for number, part in enumerate(parts):
        with suppress(EmptyResultSet):
            ids = part.values("entry_id" if part.model is Occasion else "pk")
            one, its = ids.query.sql_with_params()
            sql.append(f"SELECT * FROM ({one}) AS part{number}")  # noqa: S608 (the ORM's own text, values apart)
            values += its
    return RawSQL(" UNION ALL ".join(sql) or "SELECT CAST(NULL AS bigint)", values)  # noqa: S611 (likewise)


def _cursor(entry: Entry) -> str:
    return _cursor_at(entry.published_at, entry.pk)


def _cursor_at(at: datetime, pk: int) -> str:
    raw = f"{at.isoformat()}|{pk}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, int] | None:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, pk = raw.partition("|")
        moment, number = datetime.fromisoformat(at), int(pk)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError, binascii.Error):  # beyond the calendar's ends too
        return None
    return (in_utc, number) if moment.tzinfo and 0 <= number < 2**63 else None


def front(portal: Portal, language: str) -> dict[str, Any]:
    """The home page: lead story, newest, releases of businesses, newest per section, what lies ahead, most read."""
    now = clock.now()
    sections = list(topics.sections(portal))
    read_most, as_of = kept_a_minute(MOST_READ_KEY, portal, lambda: most_read(portal))
    entries = _read(
        portal, _fronted, portal_id=portal.pk, language=language, now=now, pinned=portal.pinned, most_read=read_most,
        sections=[one.pk for one in sections],
    )  # fmt: skip
    archive.told_apart(entries, portal)
    newest = entries[:24]
    ours = [one for one in newest if not one.is_elsewhere]
    lead = next((one for one in entries if one.public_id == portal.pinned), None) or _with_picture(ours or newest)
    rest = [entry for entry in newest if entry != lead]
    of_businesses = [entry for entry in rest if entry.kind != "sourced"]
    if lead is not None and not lead.is_elsewhere:
        known = {one.pk: one for one in sections}
        if lead.section_id in known:  # else made a moment ago: read by itself
            lead.section = known[lead.section_id]
    return {
        "lead": lead,
        "newest": rest[:6],
        "releases": [entry for entry in of_businesses if entry not in rest[:6]][:4] or of_businesses[:4],
        "by_section": {one.slug: [e for e in entries if e.section_id == one.pk][:4] for one in sections},
        "ahead": _ahead(entries, now),
        "most_read": [one for pk in read_most for one in entries if one.pk == pk],
        "as_of": as_of,
        "newcomers": newcomers(portal, now),
    }


def _fronted(
    *, portal_id: int, language: str, now: datetime, pinned: str, most_read: list[int], sections: list[int]
) -> QuerySet[Entry]:
    public = archive.news(portal_id)
    wanted = any_of(
        public[:24], archive.listed(portal_id)[:24], public.filter(public_id=pinned),
        *archive.coming(portal_id, now, AHEAD),
        *(public.filter(pk=one) for one in most_read),  # each by its key: for several at once all are looked through
        *(public.filter(section=one)[:4] for one in sections),
    )  # fmt: skip
    return _these(wanted, language, archive.as_cards).select_related("occasion", "place")


AHEAD, MOST_READ, NEWCOMERS = 4, 5, 6  # how many of each the front page shows
NEW_DAYS, READ_DAYS = 60, 7


def _with_picture(newest: list[Entry]) -> Entry | None:
    return next((e for e in newest if e.current and e.current.pictures), newest[0] if newest else None)


def _ahead(entries: list[Entry], now: datetime) -> list[Entry]:
    dated = [entry for entry in entries if hasattr(entry, "occasion") and entry.occasion.ends_at >= now]
    return sorted(dated, key=lambda entry: (entry.occasion.starts_at, entry.pk))[:AHEAD]


def most_read(portal: Portal) -> list[int]:
    """The entries read most in seven days, today with it."""
    today = clock.now().astimezone(ZoneInfo(portal.time_zone)).date()
    days = [today - timedelta(days=back) for back in range(READ_DAYS)]
    return stats.most_read(portal.pk, days=days, limit=MOST_READ)


def newcomers(portal: Portal, now: datetime) -> list[Organization]:
    """Who came to the portal lately, the last one first."""
    return prepared.rows(_newcomers, portal_id=portal.pk, since=now - timedelta(days=NEW_DAYS))


def _newcomers(*, portal_id: int, since: datetime) -> QuerySet[Organization]:
    rows = organizations_let_out.public(portal_id).filter(approved_at__gte=since, suspended_at=None)
    rows = rows.exclude(kind=Kind.PORTAL_DESK).select_related("city")
    short = rows.only("name", "slug", "logo", "kind", "city__name", "city__name_en")
    return short.order_by("-approved_at", "-pk")[:NEWCOMERS]


@dataclass(frozen=True, slots=True)
class Dates:
    """A stretch of time: its first moment, and the first after it."""

    start: datetime
    end: datetime

    @classmethod
    def of_month(cls, month: date, zone: str) -> "Dates":
        """A month on a zone's clocks."""
        ends = (datetime(day.year, day.month, 1, tzinfo=ZoneInfo(zone)) for day in (month, months_later(month, 1)))
        return cls(*(end.astimezone(UTC) for end in ends))


def months_later(month: date, number: int) -> date:
    """The first day of a month so many later, or earlier."""
    year, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(min(max(year, 1), 9999), index + 1, 1)


def calendar(
    portal: Portal, language: str, *, month: Dates | None = None, is_past: bool = False, place: Place | None = None,
    section: Section | None = None, after: str = "",
) -> Listing:  # fmt: skip
    """A page of events: of a month, else all ahead, the next one first; or what took place, the last one first."""
    rows, now = _held(archive.occasions(portal.pk, **({"section": section} if section else {})), place), clock.now()
    if month is not None:
        parts = [rows.filter(starts_at__gte=month.start, starts_at__lt=month.end)]
    elif is_past:
        parts = [rows.filter(starts_at__lt=now, ends_at__lt=now)]  # the first is meant for the index in their order
    else:
        parts = [rows.filter(starts_at__gte=now), rows.filter(starts_at__lt=now, ends_at__gte=now)]  # likewise
    if (cursor := _read_cursor(after)) is not None:
        at, pk = cursor
        way = "lt" if is_past else "gt"
        further = Q(**{f"starts_at__{way}": at}) | Q(starts_at=at, **{f"entry_id__{way}": pk})
        parts = [part.filter(further, **{f"starts_at__{way}e": at}) for part in parts]
    sign = "-" if is_past else ""
    ids = any_of(*(part.order_by(f"{sign}starts_at", f"{sign}entry_id")[: PAGE + 1] for part in parts))
    found = _chosen(ids, language, order=(f"{sign}occasion__starts_at", f"{sign}pk"))
    shown = found[:PAGE]
    return Listing(shown, _cursor_at(shown[-1].occasion.starts_at, shown[-1].pk) if len(found) > PAGE else "")


def _held(rows: QuerySet[Occasion], place: Place | None) -> QuerySet[Occasion]:
    """Of those, what takes place there; today's places hold what those before them held."""
    if place is None:
        return rows
    ids = [place.pk, *(old.pk for old in place.predecessors.all())]
    return rows.filter(Exists(Occasion.places.through.objects.filter(occasion=OuterRef("pk"), place__in=ids)))


def to_subscribe(
    portal: Portal, language: str, *, place: Place | None = None, section: Section | None = None
) -> list[Entry]:
    """Events ahead for a calendar, withdrawn ones too, each with its text in this language."""
    coming = _held(Occasion.objects.filter(ends_at__gte=clock.now(), entry__portal=portal), place)
    if section is not None:
        coming = coming.filter(entry__section=section)
    ids = any_of(coming.order_by("starts_at")[:SUBSCRIBED])
    return archive.prefer(cards(archive.dated(portal.pk).filter(pk__in=ids)), language)


SUBSCRIBED = 500  # events in a calendar that is subscribed to


def dated(portal: Portal, public_id: str, language: str) -> Entry | None:
    """One event with its text in this language, withdrawn or not."""
    return next(iter(archive.prefer(archive.dated(portal.pk).filter(public_id=public_id), language)), None)


def one(portal: Portal, public_id: str, language: str) -> Entry | None:
    """An entry with its translation (`shown`), and the views counted here (`counted`), in one read."""
    return next(iter(prepared.rows(_one, portal_id=portal.pk, public_id=public_id, language=language)), None)


def _one(*, portal_id: int, public_id: str, language: str) -> QuerySet[Entry]:
    days = DailyViews.objects.filter(entry_id=OuterRef("pk")).order_by().values("entry_id")
    counted = Coalesce(Subquery(days.annotate(total=Sum("views")).values("total")), 0)
    rows = archive.with_texts(archive.everything(portal_id).filter(public_id=public_id), language)
    return rows.annotate(counted=counted)


def related(entry: Entry, language: str) -> list[Entry]:
    """Others of the same sender or section, the sender's first."""
    about = {"organization_id": entry.organization_id, "section_id": entry.section_id, "but": entry.pk}
    rows = _read(entry.portal, _near, portal_id=entry.portal_id, language=language, **about)
    return sorted(rows, key=lambda other: other.organization_id != entry.organization_id)[:4]


def _near(
    *, portal_id: int, language: str, organization_id: int, section_id: int | None, but: int
) -> QuerySet[Entry]:  # fmt: skip
    others = archive.news(portal_id).exclude(pk=but)
    near = any_of(others.filter(organization=organization_id)[:4], others.filter(section=section_id)[:4])
    return _these(near, language, archive.as_cards)


def everywhere(*, portal_id: int) -> list[QuerySet[Entry]]:
    """All there is, with what sisters publish and the portal lists."""
    return [archive.news(portal_id), archive.listed(portal_id)]


def of_section(*, portal_id: int, section_id: int) -> list[QuerySet[Entry]]:
    """What stands under one of its headings, its own and its sisters'."""
    own = archive.news(portal_id).filter(section=section_id)
    return [own, listed_in(portal_id, section_id)]


def listed_in(portal_id: int, section_id: int) -> QuerySet[Entry]:
    """What sisters publish and the portal lists under one of its headings."""
    here = {"cross_listings__portal_id": portal_id, "cross_listings__section": section_id}
    return archive.listed(portal_id).filter(**here)


def of_time(*, portal_id: int, begins: datetime, ends: datetime) -> list[QuerySet[Entry]]:
    """What was published from one moment until before another, sisters' with it."""
    return [rows.filter(published_at__gte=begins, published_at__lt=ends) for rows in everywhere(portal_id=portal_id)]


def last_before(*, portal_id: int, at: datetime) -> QuerySet[Entry]:
    """The newest entry from before a moment, with its moment alone."""
    near = (rows.filter(published_at__lt=at)[:1] for rows in everywhere(portal_id=portal_id))
    return _moments(any_of(*near)).order_by("-published_at", "-pk")[:1]


def first_from(*, portal_id: int, at: datetime) -> QuerySet[Entry]:
    """The oldest entry from a moment on, likewise."""
    near = (rows.filter(published_at__gte=at).order_by(*_UPWARDS)[:1] for rows in everywhere(portal_id=portal_id))
    return _moments(any_of(*near)).order_by(*_UPWARDS)[:1]


def _moments(ids: RawSQL) -> QuerySet[Entry]:
    return Entry.objects.filter(pk__in=ids).only("published_at")


def of_place(portal: Portal, place: Place) -> ListsOf:
    """What was published about a place, sisters' with it."""
    whole, until = archive.places_told_of(place, portal.time_zone)
    before: dict[str, Any] = {"other": until[0][0], "ended": until[0][1]} if until else {}
    return partial(_of_places, portal_id=portal.pk, places=whole, **before)


def _of_places(
    *, portal_id: int, places: list[int], other: int | None = None, ended: datetime | None = None
) -> list[QuerySet[Entry]]:
    """A list each, read along its own index."""
    news = archive.news(portal_id)
    older, here = [], Q(entry__place__in=places)
    if other is not None:
        older = [news.filter(place=other, published_at__lt=ended)]
        here |= Q(entry__place=other, entry__published_at__lt=ended)
    return [*(news.filter(place=one) for one in places), *older, archive.listed(portal_id, here)]


def of_topic(portal: Portal, qcodes: set[str]) -> ListsOf:
    """What was published about any of these topics, sisters' with it."""
    return partial(_of_topics, portal_id=portal.pk, qcodes=sorted(qcodes), is_wide=archive.is_wide(qcodes))


def _of_topics(*, portal_id: int, qcodes: list[str], is_wide: bool) -> list[QuerySet[Entry]]:
    about = archive.about_topics(qcodes, is_wide=is_wide)
    return [rows.filter(about) for rows in everywhere(portal_id=portal_id)]


def of_newsroom(
    *, portal_id: int, organization_id: int, has_joint: bool, kind: str | None = None, begins: datetime | None = None,
    ends: datetime | None = None, **_beside: Any,
) -> list[QuerySet[Entry]]:  # fmt: skip
    """What an organization published, its own and joint releases, of a kind and of a time."""
    every = archive.of_sender(archive.news(portal_id), organization_id, has_joint=has_joint)
    if kind is not None:
        every = [rows.filter(kind=kind) for rows in every]
    if begins is not None:
        every = [rows.filter(published_at__gte=begins, published_at__lt=ends) for rows in every]
    return every


def of_album(*, portal_id: int, organization_id: int, has_joint: bool) -> list[QuerySet[Entry]]:
    """What an organization published with pictures or videos."""
    parts = archive.of_sender(archive.public(portal_id), organization_id, has_joint=has_joint)
    return archive.showing(parts, Shows.PICTURES, Shows.VIDEOS)


def beside_newsroom(
    *, portal_id: int, organization_id: int, has_joint: bool, now: datetime
) -> list[QuerySet[Entry]]:  # fmt: skip
    """Short lists read with a newsroom's first page: what lies ahead, stories of the house, what there is to see."""
    every = archive.of_sender(archive.public(portal_id), organization_id, has_joint=has_joint)
    return [
        *(
            part.filter(occasion__ends_at__gte=now).order_by("occasion__starts_at", "id")[:NEWSROOM_AHEAD]
            for part in every
        ),
        every[0].filter(kind=archive.LIFE)[:LIFE],
        *(part[:PICTURES] for part in archive.showing(every, Shows.PICTURES)),
        *(part[:VIDEOS] for part in archive.showing(every, Shows.VIDEOS)),
    ]


PICTURES, VIDEOS, NEWSROOM_AHEAD, LIFE = 12, 4, 4, 6  # how many of each a newsroom shows


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


def by_day(portal: Portal, year: int) -> dict[date, int]:
    """How many entries each day of a year has, in the portal's zone; days without any are left out."""
    zone = ZoneInfo(portal.time_zone)
    begins, ends = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    is_whole = all((moment.utcoffset() or timedelta()) % timedelta(hours=1) == timedelta() for moment in (begins, ends))
    # Counted by the hour (or ten minutes) cut out of the text of the moment, which every database does without calling
    # Python for each row; a year has some nine thousand hours.
    cut = Substr(Cast("published_at", CharField()), 1, 13 if is_whole else 15)
    own, sisters = (
        rows.select_related(None).order_by().annotate(cut=cut).values_list("cut").annotate(n=Count("pk"))
        for rows in of_time(portal_id=portal.pk, begins=begins.astimezone(UTC), ends=ends.astimezone(UTC))
    )
    found: Counter[date] = Counter()
    for text, entries in own.union(sisters, all=True):
        moment = datetime.fromisoformat(f"{text}:00" if is_whole else f"{text}0").replace(tzinfo=UTC)
        found[moment.astimezone(zone).date()] += entries
    return dict(found)


MOST_READ_KEY, BY_TOPIC_KEY, BY_PLACE_KEY = "most-read", "by-topic", "by-place"


def days_key(year: int) -> str:
    """Of the days of a year, for `kept_a_minute`."""
    return f"days-{year}"


def kept_a_minute(key: str, portal: Portal, read: Callable[[], Kept]) -> tuple[Kept, datetime]:
    """What a slow read found at most a minute ago, and when: a figure that moves says so.

    The worker counts ahead (`keep_figures`); only where it does not, the first reader of a minute waits.
    """
    found: tuple[Kept, datetime] | None = cache.get(f"{key}:{portal.pk}")
    return found if found is not None else keep_a_minute(key, portal, read(), clock.now())


def keep_a_minute(key: str, portal: Portal, value: Kept, at: datetime) -> tuple[Kept, datetime]:
    """Keep what was found for the processes of this machine."""
    cache.set(f"{key}:{portal.pk}", (value, at), 60)
    return value, at


@dataclass(frozen=True, slots=True)
class Directory:
    """Organizations from A to Z: the letters, and the rows under those shown now."""

    letters: list[str]
    shown: list[tuple[str, list[Organization]]]
    chosen: str = ""


WHOLE_DIRECTORY = 300  # organizations on one page; where there are more, a page is a letter


def organizations(portal: Portal, letter: str = "") -> Directory:
    """Organizations that have published, by the Vietnamese alphabet, legal form aside."""
    published = Entry.objects.filter(portal=portal, state=State.PUBLISHED, organization=OuterRef("pk"))
    rows = Organization.objects.filter(Exists(published), portal=portal)
    by_letter: dict[str, list[int]] = defaultdict(list)
    for pk, name in rows.values_list("pk", "name"):
        by_letter[vietnamese.initial(name)].append(pk)
    letters = sorted(by_letter, key=vietnamese.sort_key)
    is_whole = sum(map(len, by_letter.values())) <= WHOLE_DIRECTORY
    chosen = "" if is_whole else letter if letter in by_letter else letters[0]
    ids = by_letter[chosen] if chosen else [pk for some in by_letter.values() for pk in some]
    shown: dict[str, list[Organization]] = {}
    found = Organization.objects.filter(pk__in=ids).select_related("city")
    for row in sorted(found, key=lambda one: vietnamese.sort_key(vietnamese.sort_name(one.name))):
        shown.setdefault(vietnamese.initial(row.name), []).append(row)
    return Directory(letters, list(shown.items()), chosen)


def said(rows: QuerySet[Quotation], language: str, *, most: int) -> list[Quotation]:
    """Quotes, each once: in this language where its text was published in it, else as it was said first."""
    by_place: dict[tuple[int, int], Quotation] = {}
    for row in rows[: most * 4]:  # a text in four languages keeps each quote four times
        place = (row.entry_id, row.position)
        original = row.entry.current.language if row.entry.current is not None else ""
        if place not in by_place or row.language == language or by_place[place].language not in (language, original):
            by_place[place] = row
    return list(by_place.values())[:most]
