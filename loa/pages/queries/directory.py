"""The organizations from A to Z, a letter in pages where there are many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.archive.models import Entry, State
from loa.lib import prepared, vietnamese
from loa.organizations.models import Kind, Organization
from loa.pages.queries.lists import any_of
from loa.portals.models import Portal

PAGE = 100  # organizations on a page; where there are no more than these, it holds the whole directory

Place = tuple[str, int]  # where a line stands: `Organization.sort_key` and the id


@dataclass(frozen=True, slots=True)
class Sender:
    """A line of the directory."""

    slug: str
    name: str
    kind: str
    city: str
    place: str  # where it stands (`Organization.sort_key`)

    @property
    def letter(self) -> str:
        """Under which it stands."""
        return vietnamese.initial_of(self.place)


@dataclass(frozen=True, slots=True)
class Directory:
    """The letters somebody stands under, the lines shown now by letter, and the ways to the lines around them.

    `before` and `after` are the slugs of the first and the last line, where the chosen letter has more.
    """

    letters: list[str] = field(default_factory=list)
    shown: list[tuple[str, list[Sender]]] = field(default_factory=list)
    chosen: str = ""
    before: str = ""
    after: str = ""

    @property
    def ends(self) -> tuple[str, str] | None:
        """The first name and the last one on a page of a letter that has several."""
        if not (self.before or self.after):
            return None
        lines = self.shown[0][1]
        return lines[0].name, lines[-1].name


def organizations(portal: Portal, language: str, *, letter: str = "", after: str = "", before: str = "") -> Directory:
    """Organizations that have published, by the Vietnamese alphabet, legal form aside.

    Where one page does not hold them, it shows a letter, from behind or up to the organization with a slug.
    """
    if letter in vietnamese.STRETCHES and (found := _page(portal, language, letter, after, before)).shown:
        return found
    first = _lines(_published(portal.pk), language)
    if len(first) > PAGE:
        return _page(portal, language, first[0].letter, first=first)
    shown: dict[str, list[Sender]] = {}
    for line in first:
        shown.setdefault(line.letter, []).append(line)
    return Directory(list(shown), list(shown.items()))


def _page(
    portal: Portal, language: str, letter: str, after: str = "", before: str = "", first: Sequence[Sender] = ()
) -> Directory:
    """A page of a letter; `first` is what was read already from the first letter on."""
    above = _place_of(portal, before)
    shown = _of_letter(portal, language, letter, above=above) if above else []
    if len(shown) > PAGE:
        lines = shown[PAGE - 1 :: -1]
        ways = lines[0].slug, lines[-1].slug
    else:  # also where a page upwards would not be full
        below = None if above else _place_of(portal, after)
        shown = [one for one in first if one.letter == letter]
        if len(vietnamese.STRETCHES[letter]) > 1 or not shown:
            shown = _of_letter(portal, language, letter, below=below)
        lines = shown[:PAGE]
        ways = lines[0].slug if lines and below else "", lines[-1].slug if len(shown) > PAGE else ""
    return Directory(_letters(portal), [(letter, lines)] if lines else [], letter, *ways)


def _of_letter(
    portal: Portal, language: str, letter: str, *, below: Place | None = None, above: Place | None = None
) -> list[Sender]:
    """The next lines and one more, counted upwards from a place, else downwards."""
    rows = _published(portal.pk)
    if above:
        rows = rows.filter(_before(above), sort_key__lte=above[0]).order_by("-sort_key", "-pk")
    elif below:
        rows = rows.filter(_behind(below), sort_key__gte=below[0])
    found: list[Sender] = []
    for begins, ends in vietnamese.STRETCHES[letter][:: -1 if above else 1]:
        found += _lines(rows.filter(sort_key__gte=begins, sort_key__lt=ends), language)
        if len(found) > PAGE:
            break
    return found


def _before(place: Place) -> Q:
    return Q(sort_key__lt=place[0]) | Q(sort_key=place[0], pk__lt=place[1])


def _behind(place: Place) -> Q:
    return Q(sort_key__gt=place[0]) | Q(sort_key=place[0], pk__gt=place[1])


def _place_of(portal: Portal, slug: str) -> Place | None:
    found = Organization.objects.filter(portal=portal, slug=slug) if slug else Organization.objects.none()
    return found.values_list("sort_key", "pk").first()


def _published(portal_id: int) -> QuerySet[Organization]:
    published = Entry.objects.filter(portal=portal_id, state=State.PUBLISHED, organization=OuterRef("pk"))
    return Organization.objects.filter(Exists(published), portal=portal_id).order_by("sort_key", "pk")


def _lines(rows: QuerySet[Organization], language: str) -> list[Sender]:
    """As many as a page holds and one more; plain values, for instances would take most of the page's time."""
    kinds, is_english = {value: str(label) for value, label in Kind.choices}, language != "vi"
    values: Iterable[tuple[str, str, str, str | None, str | None, str]] = rows.values_list(
        "slug", "name", "kind", "city__name", "city__name_en", "sort_key"
    )[: PAGE + 1]
    return [
        Sender(slug, name, kinds[kind], (is_english and city_en) or city or "", key)
        for slug, name, kind, city, city_en, key in values
    ]


def _letters(portal: Portal) -> list[str]:
    """The letters somebody stands under, found by the first of each."""
    keys = [one.sort_key for one in prepared.rows(_firsts, portal_id=portal.pk)]
    return list(dict.fromkeys(map(vietnamese.initial_of, keys)))


def _firsts(*, portal_id: int) -> QuerySet[Organization]:
    rows, stretches = _published(portal_id), [one for parts in vietnamese.STRETCHES.values() for one in parts]
    firsts = (rows.filter(sort_key__gte=begins, sort_key__lt=ends)[:1] for begins, ends in stretches)
    return Organization.objects.filter(pk__in=any_of(*firsts)).only("sort_key").order_by("sort_key")
