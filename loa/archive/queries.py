"""Reads of the record; everything here is public by construction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThan

from loa.archive.models import (
    CrossListing,
    Entry,
    Notice,
    Occasion,
    OldAddress,
    Quotation,
    Shows,
    State,
    Translation,
    Version,
)
from loa.lib import clock, prepared
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal

LIFE = "life"  # a kind that is no release
EVERY = Q()
FIRST_YEAR = 1990  # older ones are counted with it


OF_ONE = ("current", "organization", "section", "place")


def one(portal_id: int, public_id: str) -> QuerySet[Entry]:
    """An entry by the id in its address, withdrawn or not, for whoever has its portal in hand."""
    return Entry.objects.select_related(*OF_ONE).filter(portal_id=portal_id, public_id=public_id)


def everything(portal_id: int) -> QuerySet[Entry]:
    """All entries of a portal, withdrawn ones too, with what a page shows joined in."""
    return Entry.objects.select_related(*SHOWN_WITH).filter(portal_id=portal_id)


SHOWN_WITH = (*OF_ONE, "portal")


def among(portal_id: int, public_ids: Collection[str]) -> QuerySet[Entry]:
    """Those of these that are a portal's, withdrawn ones too, in no order.

    The sum is for SQLite, which has no figures of its tables: it would look for them among all that the portal has.
    """
    rows = Entry.objects.select_related(*SHOWN_WITH).filter(public_id__in=public_ids)
    return rows.filter(Exact(F("portal_id") + Value(0), portal_id))


def public(portal_id: int) -> QuerySet[Entry]:
    """What readers can read now, newest first."""
    return everything(portal_id).filter(state=State.PUBLISHED).order_by("-published_at", "-id")


def by_sender(organization_id: int, *, has_joint: bool = True) -> Q:
    """Entries of an organization, joint releases of others with it included."""
    if not has_joint:
        return Q(organization_id=organization_id)
    # One list of ids: an OR of the two would be tried on every entry of the portal.
    own = Entry.objects.filter(organization_id=organization_id).values("pk")
    joint = Entry.partners.through.objects.filter(organization_id=organization_id).values("entry_id")
    return Q(pk__in=own.union(joint, all=True))


def has_joint(organization_id: int) -> bool:
    """Whether others named it as a partner of a release of theirs: few were, and looking for them costs a walk."""
    return Entry.partners.through.objects.filter(organization_id=organization_id).exists()


def of_sender(rows: QuerySet[Entry], organization_id: int, *, has_joint: bool = True) -> list[QuerySet[Entry]]:
    """The same as two lists, its own and the joint ones, each read along its own index: an OR has none.

    Who knows that there are no joint ones says so, and nothing is looked through for them.
    """
    joint = Entry.partners.through.objects.filter(organization_id=organization_id).values("entry_id")
    own = rows.filter(organization_id=organization_id)
    return [own, rows.filter(pk__in=joint)] if has_joint else [own]


def showing(parts: Iterable[QuerySet[Entry]], *what: Shows) -> list[QuerySet[Entry]]:
    """Those of the lists with pictures, or with videos, as lists of one kind each."""
    return [part.filter(shows=one) for part in parts for one in (*what, Shows.BOTH)]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of an organization there are of a year (in its portal's zone), a kind and a state."""

    year: int
    kind: str
    state: str
    is_own: bool  # else a joint release of another's
    entries: int
    first_at: datetime


def tallies(organization_id: int, zone: str) -> list[Tally]:
    """An organization's record in figures, joint releases and withdrawn entries too; one read along an index."""
    years = [*range(clock.now().year + 1, FIRST_YEAR, -1)]
    # The bounds of years are worked out here: no database then has to know zones, or to call Python for each row.
    begins = [year_bounds(year, zone)[0] for year in years]
    rows = prepared.tuples(_tallies, organization_id=organization_id, years=years, begins=begins)
    return [Tally(*row) for row in rows]


def _tallies(*, organization_id: int, years: list[int], begins: list[datetime]) -> QuerySet[Entry, tuple[Any, ...]]:
    known = [When(published_at__gte=at, then=Value(year)) for year, at in zip(years, begins, strict=True)]
    year = Case(*known, default=Value(FIRST_YEAR), output_field=IntegerField())
    own, joint = of_sender(Entry.objects.exclude(kind=LIFE).order_by().annotate(year=year), organization_id)
    both = [
        rows.annotate(is_own=Value(is_own, BooleanField()))
        .values("year", "kind", "state", "is_own")
        .annotate(entries=Count("pk"), first_at=Min("published_at"))
        .values_list("year", "kind", "state", "is_own", "entries", "first_at")
        for rows, is_own in ((own, True), (joint, False))
    ]
    return both[0].union(both[1], all=True)


def known_keys(keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Those of the writing side's keys that the record has, each with its organization and headline."""
    rows = Entry.objects.filter(release_key__in=list(keys))
    return {
        key: (who, said) for key, who, said in rows.values_list("release_key", "organization_id", "current__headline")
    }


def year_bounds(year: int, zone: str) -> tuple[datetime, datetime]:
    """The first moment of a year in a zone, and the first after it (UTC); the first year counted holds all before."""
    begins, ends = (datetime(one, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in (year, year + 1))
    return begins if year > FIRST_YEAR else datetime.min.replace(tzinfo=UTC), ends


def news(portal_id: int) -> QuerySet[Entry]:
    """What lists hold, newest first: all but the stories of a house's life, which stand on its own page."""
    return public(portal_id).exclude(kind=LIFE)


def news_among(portal_id: int, public_ids: Collection[str]) -> QuerySet[Entry]:
    """Those of these that the portal's own lists hold, in no order."""
    return among(portal_id, public_ids).filter(state=State.PUBLISHED).exclude(kind=LIFE)


def listed(portal_id: int, of: Q = EVERY) -> QuerySet[Entry]:
    """What sisters publish and this portal lists too, newest first; a list of its own, to be read beside `news`.

    `of` chooses among the listings, so that a database reads along these few and not along an index of entries.
    """
    here = CrossListing.objects.filter(of, portal_id=portal_id, state=CrossListing.State.LISTED)
    rows = Entry.objects.select_related(*SHOWN_WITH).filter(pk__in=here.values("entry"), state=State.PUBLISHED)
    return rows.order_by("-published_at", "-id")


def found_at(portal_id: int, public_ids: Collection[str]) -> QuerySet[Entry]:
    """Those of these that the portal's lists lead to, its own and its sisters'."""
    rows = listed(portal_id) | public(portal_id)
    return rows.filter(public_id__in=public_ids)


def told_apart(entries: Iterable[Entry], portal: Portal) -> None:
    """Marks those of another portal, so that every link to them leads there."""
    for entry in entries:
        entry.is_elsewhere = entry.portal_id != portal.pk


def cross_listings(portal_id: int) -> QuerySet[CrossListing]:
    """What sisters' organizations ask a portal to list, or it lists: the oldest wish first."""
    live = (CrossListing.State.ASKED, CrossListing.State.LISTED)
    rows = CrossListing.objects.filter(portal_id=portal_id, state__in=live, entry__state=State.PUBLISHED)
    return rows.select_related("entry__current", "entry__organization", "entry__portal", "section").order_by("pk")


def oldest(portal_id: int) -> datetime | None:
    """When the oldest of what lists hold was published."""
    return next((at for (at,) in prepared.tuples(_oldest, portal_id=portal_id)), None)


def _oldest(*, portal_id: int) -> QuerySet[Entry, Any]:
    return news(portal_id).order_by("published_at", "pk").values_list("published_at")[:1]


def by_public_id(portal_id: int, public_id: str) -> Entry | None:
    """One entry of a portal by the id in its address, withdrawn or not."""
    return everything(portal_id).filter(public_id=public_id).first()


def by_old_address(portal_id: int, host: str, paths: list[str]) -> Entry | None:
    """The entry that stood at the first of these paths (`rules.old_address`) before it came here.

    One of that host comes before one of another; a path that two others had leads nowhere.
    """
    rows = OldAddress.objects.filter(portal_id=portal_id, path__in=paths)
    found = list(rows.select_related("entry__current", "entry__portal"))
    for path in paths:
        there = [row for row in found if row.path == path]
        own = [row for row in there if row.host == host] or [row for row in there if not row.host] or there
        if len({row.entry_id for row in own}) == 1:
            return own[0].entry
    return None


def by_keys(keys: Collection[str]) -> dict[str, str]:
    """The paths of the entries with these keys of the writing side."""
    rows = Entry.objects.filter(release_key__in=list(keys)).select_related("current", "portal")
    return {entry.release_key: address(entry) for entry in rows}


def by_old_addresses(portal_id: int, addresses: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The paths of the entries that stood at these, host and path alike (`rules.old_address`)."""
    rows = OldAddress.objects.filter(portal_id=portal_id, path__in={path for _, path in addresses})
    found = rows.select_related("entry__current", "entry__portal")
    return {(row.host, row.path): address(row.entry) for row in found if (row.host, row.path) in addresses}


def versions(entry: Entry) -> QuerySet[Version]:
    """Every text the entry has shown, oldest first."""
    return entry.versions.order_by("number")


def notices_after(number: int, limit: int = 500) -> list[Notice]:
    """The next notices on the wire, in order, each by its number and kind alone."""
    return list(Notice.objects.filter(id__gt=number).order_by("id").only("id", "kind")[:limit])


def last_notice() -> int:
    """The number of the last one on the wire; 0: there is none."""
    return Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0


def moments_of(after: int, last: int) -> list[datetime]:
    """When those entries were published about which there are notices after one, up to another (UTC)."""
    told = Notice.objects.filter(id__gt=after, id__lte=last)
    return list(told.values_list("entry__published_at", flat=True).distinct())


def notices_of(entries: Iterable[Entry]) -> list[int]:
    """The numbers of the notices about these, in order."""
    rows = Notice.objects.filter(entry_id__in=[entry.pk for entry in entries]).order_by("id")
    return list(rows.values_list("id", flat=True))


def modified_at(entry: Entry) -> datetime:
    """When what readers find last changed (UTC).

    A text nobody corrected is as old as its publication, even where it was brought in from elsewhere much later.
    """
    is_first = entry.state == State.PUBLISHED and entry.current is not None and entry.current.number == 1
    return entry.published_at if is_first else entry.changed_at


def texts(entry: Entry) -> dict[str, Version]:
    """What readers find now, by language, the original first; without the long texts, which few callers need."""
    found = {entry.current.language: entry.current} if entry.current is not None else {}
    rows = Translation.objects.filter(entry=entry).select_related("version__translates").order_by("language")
    short = rows.defer("version__body_html", "version__body_text")
    return {**found, **{row.language: row.version for row in short if row.language not in found}}


CARD = ("subtitle", "pictures", "videos", "reading_minutes")  # what a card shows of a text beside a line
# What lists do not show of a translation.
LONG = tuple(f"shown__version{of}__{name}" for of in ("", "__translates") for name in ("body_html", "body_text"))


def with_texts(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The same rows with their translation into a language joined in, for `text_of`."""
    translated = FilteredRelation("translations", condition=Q(translations__language=language))
    joined: tuple[str, ...] = ("shown__version__translates",)
    return rows.annotate(shown=translated).select_related(*joined)


def in_lines(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The rows with what a line of a list shows, for `text_of`; the portal is whoever's page it is to fill in."""
    return _in_short(rows, language)


def as_cards(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The same with pictures and videos, and what stands under the first story of a page."""
    return _in_short(rows, language, *CARD)


def as_events(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """What a line of a calendar shows: when it takes place, its heading and what belongs to its kind."""
    return _in_short(rows, language, "facts").select_related("occasion", "section")


def _in_short(rows: QuerySet[Entry], language: str, *more: str) -> QuerySet[Entry]:
    text = _but(Version, "language", "slug", "headline", "lead", *more)
    rest = (f"{of}__{one}" for of in ("current", "shown__version") for one in text)
    joined: tuple[str, ...] = ("current", "shown__version")  # the checker knows no relation that is annotated
    return without_texts(rows, language).select_related(*joined).defer(*rest)


def without_texts(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The rows with what a line shows but for its text, for `text_key` and `cards_of`.

    With the moment of the last change: whoever keeps a text under its key may meet another one under it after a backup
    was restored.
    """
    shown = FilteredRelation("translations", condition=Q(translations__language=language))
    rest = [
        *_but(Entry, "public_id", "kind", "published_at", "changed_at", "is_day_only", "portal", "organization",
              "section", "place", "current"),
        *(f"organization__{one}" for one in _but(Organization, "name", "name_en")),
    ]  # fmt: skip
    joined: tuple[str, ...] = ("organization", "shown")
    return rows.annotate(shown=shown).select_related(*joined).defer(*rest)


def cards_of(*, versions: list[int]) -> QuerySet[Version]:
    """What a card shows of these texts."""
    return Version.objects.filter(pk__in=versions).defer(*_but(Version, "language", "slug", "headline", "lead", *CARD))


def _but(model: type[Model], *names: str) -> list[str]:
    """All fields but these and the key: `only` does not know the join of a translation."""
    return [one.name for one in model._meta.concrete_fields if one.name not in names and not one.primary_key]


def text_key(entry: Entry) -> int:
    """The key of what `text_of` gives, of a row read by `without_texts`."""
    shown: Translation | None = getattr(entry, "shown", None)
    return shown.version_id if shown is not None else int(entry.current_id or 0)


def text_of(entry: Entry) -> Version | None:
    """The text of a row read by `with_texts`: its translation, else the original."""
    shown: Translation | None = getattr(entry, "shown", None)  # Django sets it only where the join found a row
    return shown.version if shown is not None else entry.current


def prefer(rows: QuerySet[Entry], language: str) -> list[Entry]:
    """The rows, each with its text in this language as `current` where it has one; for showing, never for saving."""
    found = list(with_texts(rows, language).defer(*LONG))
    for entry in found:
        entry.current = text_of(entry)
    return found


def texts_in(entries: Iterable[Entry], languages: Collection[str]) -> dict[int, list[Version]]:
    """The translations of several entries into these languages, by the entry's key; one read, none for nothing."""
    found: dict[int, list[Version]] = defaultdict(list)
    if languages:
        rows = Translation.objects.filter(entry__in=list(entries), language__in=languages)
        for row in rows.select_related("version__translates"):
            found[row.entry_id].append(row.version)
    return found


def past(entry: Entry) -> list[Version]:
    """Every version in order, as far as a history goes: what became of the entry, in all languages."""
    return prepared.rows(_past, entry_id=entry.pk)


def _past(*, entry_id: int) -> QuerySet[Version]:
    history = ("entry", "number", "language", "slug", "translates", "reason", "note", "shelved_at")
    return Version.objects.filter(entry=entry_id).order_by("number").only(*history)


def now_by_language(entry: Entry, versions: list[Version]) -> dict[str, Version]:
    """The text readers find in each language, out of all versions; the original's first."""
    original = entry.current.language if entry.current is not None else ""
    latest = {version.language: version for version in versions}
    # An original that changed its language leaves no translation behind.
    kept = {code: text for code, text in latest.items() if code == original or text.translates_id is not None}
    return dict(sorted(kept.items(), key=lambda one: (one[0] != original, one[0])))


def corrections(versions: list[Version], shown: Version) -> list[Version]:
    """The texts that followed the first one in the shown one's language, up to it, oldest first."""
    return [one for one in versions if one.language == shown.language and one.number <= shown.number][1:]


def is_behind(entry: Entry, version: Version) -> bool:
    """Whether the original was corrected after this translation was made from it."""
    original = entry.current
    return version.translates is not None and original is not None and version.translates_id != original.pk


def places_told_of(place: Place, zone: str) -> tuple[list[int], list[tuple[int, datetime]]]:
    """Which places' entries are about a place: whole ones, and those of which only what came before a moment is.

    Today's stands with those it came from, an old one with its own time only. Before the merger a name that both bear
    meant the old one, whichever an entry was put under.
    """
    if place.valid_to is None:
        return [place.pk, *(old.pk for old in place.predecessors.all())], []
    if place.successor is None or place.successor.name != place.name:
        return [place.pk], []
    return [place.pk], [(place.successor.pk, datetime.combine(place.valid_to, time(), ZoneInfo(zone)))]


def about_place(place: Place, zone: str) -> Q:
    """What is about a place."""
    whole, until = places_told_of(place, zone)
    found = Q(place__in=whole)
    for pk, ended in until:
        found |= Q(place=pk, published_at__lt=ended)
    return found


WIDE = 3000  # entries of a topic


def is_wide(qcodes: set[str]) -> bool:
    """Whether many entries are about any of these topics; asks once."""
    return Entry.topics.through.objects.filter(topic_id__in=qcodes)[:WIDE].count() == WIDE


def about_topics(qcodes: Collection[str], *, is_wide: bool) -> Q:
    """What is about any of these topics."""
    about = Entry.topics.through.objects.filter(topic_id__in=qcodes)
    # A wide topic is found soon by looking along the newest entries, a narrow one by looking at its own.
    return Q(Exists(about.filter(entry_id=OuterRef("pk")))) if is_wide else Q(pk__in=about.values("entry_id"))


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


def quotations(organization_id: int) -> QuerySet[Quotation]:
    """What was said in an organization's public entries, latest first."""
    rows = Quotation.objects.select_related("entry__current", "entry__portal", "person", "version")
    return rows.filter(entry__organization_id=organization_id, entry__state=State.PUBLISHED).order_by(
        "-entry__published_at", "entry_id", "position"
    )


def address(entry: Entry, version: Version | None = None) -> str:
    """The permanent path of an entry, in its own language or in a version's."""
    version = version or entry.current
    if version is None:
        return f"/r/{entry.public_id}"
    return path_of(entry.public_id, version.slug, version.language, entry.portal.language)


def addresses(portal: Portal) -> Iterator[str]:
    """The permanent paths of all entries of a portal, withdrawn ones too, the oldest first."""
    rows = Entry.objects.filter(portal=portal).exclude(current=None).order_by("published_at", "pk")
    for public_id, slug, language in rows.values_list("public_id", "current__slug", "current__language").iterator():
        yield path_of(public_id, slug, language, portal.language)


def link(entry: Entry, version: Version | None = None) -> str:
    """Where a page that shows it among others leads: its path, or its whole address where it is another portal's."""
    return f"{entry.portal.address if entry.is_elsewhere else ''}{address(entry, version)}"


def path_of(public_id: str, slug: str, language: str, own: str) -> str:
    """The permanent path of a text, on a portal whose own language is `own`."""
    return f"{'' if language == own else f'/{language}'}/r/{public_id}/{slug}"


def tags_of(notice: Notice) -> set[str]:
    """The `Cache-Tag`s that a notice makes stale; the newsrooms of all its senders show it."""
    partners = notice.entry.partners.values_list("pk", flat=True)
    sections = notice.entry.cross_listings.exclude(section=None).values_list("section", flat=True)
    return tags(notice.entry) | {f"org:{pk}" for pk in partners} | {f"section:{pk}" for pk in sections} | {"front"}


def purge_of(notice: Notice) -> str:
    """The name of the purge a notice brings; a number may come again after a backup was restored, a moment not."""
    return f"notice:{notice.pk}:{notice.at.isoformat()}"


def tags(entry: Entry) -> set[str]:
    """The `Cache-Tag`s a page showing this entry carries."""
    return {f"entry:{entry.public_id}", f"org:{entry.organization_id}", f"section:{entry.section_id}"}
