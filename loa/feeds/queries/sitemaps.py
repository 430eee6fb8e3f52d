"""What sitemaps are made of, read in few rows: months of the record, pages with their languages, lists in use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import CharField, Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Cast, Substr

from loa.archive import queries as archive
from loa.archive.models import Entry, State, Translation, Version
from loa.lib.slugs import slugify
from loa.organizations import queries as organizations
from loa.places.models import Place
from loa.portals import queries as portals
from loa.portals.models import Portal
from loa.topics import queries as topics
from loa.topics.models import Topic

MOST_NEWSROOMS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in all its languages: path by language, the first of them for whoever reads none of them."""

    paths: dict[str, str]
    changed_at: datetime | None = None
    entry: Entry | None = None
    texts: dict[str, Version] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month (UTC) of the record."""

    year: int
    month: int
    entries: int
    changed_at: datetime

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first after it."""
        after = (self.year + 1, 1) if self.month == 12 else (self.year, self.month + 1)
        return datetime(self.year, self.month, 1, tzinfo=UTC), datetime(*after, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What the index of a large portal's sitemaps is made of: how many lists there are, and the months."""

    lists: int
    months: list[Month]


OUTLINE_KEY = "sitemaps"


def outline(portal: Portal) -> Outline:
    """All of it, for `kept_a_minute`: the months are counted through the whole record."""
    return Outline(lists=len(lists(portal)), months=months(portal))


def months(portal: Portal) -> list[Month]:
    """The months in which something was published, newest first."""
    # Cut out of the text of the moment: every database knows how, and SQLite calls no Python for each row.
    month = Substr(Cast("published_at", CharField()), 1, 7)
    rows = Entry.objects.filter(portal=portal, state=State.PUBLISHED).order_by().annotate(month=month)
    found = rows.values("month").annotate(entries=Count("pk"), changed_at=Max("changed_at")).order_by("-month")
    return [
        Month(
            year=int(row["month"][:4]),
            month=int(row["month"][5:]),
            entries=row["entries"],
            changed_at=row["changed_at"],
        )
        for row in found
    ]


def releases(rows: QuerySet[Entry]) -> list[Page]:
    """Entries as pages, each with its translations; two reads."""
    short = rows.defer("current__body_html", "current__body_text")
    found = list(short)
    translated = _translations(found)
    return [_release(entry, translated[entry.pk]) for entry in found]


def _release(entry: Entry, translations: list[Version]) -> Page:
    originals = [entry.current] if entry.current is not None else []
    texts = {version.language: version for version in [*translations, *originals]}
    ordered = dict(sorted(texts.items(), key=lambda one: (one[1] not in originals, one[0])))
    paths = {language: archive.address(entry, version) for language, version in ordered.items()}
    return Page(paths=paths, changed_at=archive.modified_at(entry), entry=entry, texts=ordered)


def _translations(entries: Iterable[Entry]) -> dict[int, list[Version]]:
    rows = Translation.objects.filter(entry__in=[entry.pk for entry in entries]).select_related("version")
    found: dict[int, list[Version]] = defaultdict(list)
    for row in rows.defer("version__body_html", "version__body_text"):
        found[row.entry_id].append(row.version)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A text as news search engines read of it."""

    public_id: str
    published_at: datetime
    is_day_only: bool
    slug: str
    language: str
    headline: str


def news(portal: Portal, since: datetime, most: int) -> list[Told]:
    """The newest texts in all their languages, each entry's original first; two reads of the few columns they need."""
    text = ("slug", "language", "headline")
    rows = archive.news(portal.pk).filter(published_at__gte=since, current__isnull=False)
    of_entry = ("pk", "public_id", "published_at", "is_day_only")
    found = list(rows.values_list(*of_entry, *(f"current__{name}" for name in text))[:most])
    translations = Translation.objects.filter(entry__in=[pk for pk, *_ in found]).order_by("language")
    others: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for pk, *other in translations.values_list("entry", *(f"version__{name}" for name in text)):
        others[pk].append((other[0], other[1], other[2]))
    told: list[Told] = []
    for pk, public_id, published_at, is_day_only, *original in found:
        texts = [original, *(other for other in others[pk] if other[1] != original[1])]
        told += [Told(public_id, published_at, is_day_only, *one) for one in texts]
    return told[:most]


def lists(portal: Portal) -> list[Page]:
    """Lists in the languages of the interface, and the pages the operator wrote in the languages they have."""
    paths = ["/", "/latest", "/events", "/o/", "/p/", "/t/", "/newsletter", "/newsletter/issues"]
    paths += [f"/s/{one.slug}" for one in topics.sections(portal)]
    paths += _places(portal) + _topics(portal)
    rows = organizations.public(portal.pk).order_by("pk").values_list("slug", flat=True)
    paths += [f"/o/{slug}" for slug in rows[:MOST_NEWSROOMS]]
    paths += [f"/o/{one.organization.slug}/people/{one.slug}" for one in organizations.people_with_pages(portal.pk)]
    return [*(Page(paths=_in_languages(portal, path, portal.spoken)) for path in paths), *_static_pages(portal)]


def _in_languages(portal: Portal, path: str, languages: Iterable[str]) -> dict[str, str]:
    """The path in each of the languages, the portal's own first."""
    ordered = sorted(languages, key=lambda one: (one != portal.language, one))
    return {one: path if one == portal.language else f"/{one}{path}" for one in ordered}


def _places(portal: Portal) -> list[str]:
    about = Entry.objects.filter(place=OuterRef("pk"), portal=portal, state=State.PUBLISHED)
    rows = Place.objects.filter(Exists(about)).order_by("pk")  # one look into an index for each, not every entry
    return [f"/p/{one.pk}/{one.slug or slugify(one.name)}" for one in rows]


def _topics(portal: Portal) -> list[str]:
    # One inside the other, not joined: so every topic is asked for its first entry, not every entry for its topics.
    public = Entry.objects.filter(pk=OuterRef("entry_id"), portal=portal, state=State.PUBLISHED)
    about = Entry.topics.through.objects.filter(Exists(public), topic=OuterRef("pk"))
    rows = Topic.objects.filter(Exists(about)).order_by("pk")
    return [f"/t/{one.qcode}/{slugify(one.label(portal.language))}" for one in rows]


def _static_pages(portal: Portal) -> list[Page]:
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for page in portals.pages(portal):
        found[page.slug][page.language] = page.edited_at
    return [
        Page(paths=_in_languages(portal, f"/{slug}", languages), changed_at=max(languages.values()))
        for slug, languages in found.items()
    ]
