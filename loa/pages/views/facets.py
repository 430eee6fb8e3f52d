"""How the hits of a search spread, and the links that narrow them."""

from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import BooleanField, Case, CharField, F, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from loa.archive.rules import kind_name
from loa.lib import languages
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.topics import queries as topics

FACETS = ("section", "kind", "topic", "organization", "place", "language", "year")
SHOWN = 6
_MOST_KEPT = 2_000

Counts = dict[str, dict[str, int]]


def facets(
    portal: Portal, counts: Counts, asked: dict[str, str], language: str, *, is_about: bool = False
) -> list[dict[str, Any]]:
    """Each with its commonest values, and what is chosen of it; one that tells nothing apart is left out.

    Counts that are `is_about` right are rounded.
    """
    wanted = {name: _values(counts, asked, name) for name in FACETS}
    named = {name: _names(name, portal, wanted[name], language) for name in FACETS}
    if wanted["organization"] or wanted["place"]:
        named |= _senders_and_places(portal, wanted["organization"], wanted["place"], language)
    labels = {
        "section": _("Chuyên mục"),
        "kind": _("Thể loại"),
        "topic": _("Chủ đề"),
        "organization": _("Tổ chức"),
        "place": _("Nơi"),
        "language": _("Ngôn ngữ"),
        "year": _("Năm"),
    }
    return [
        {
            "label": labels[name],
            "chosen": named[name].get(asked[name], asked[name]),
            "clear": with_changes(asked, **{name: ""}),
            "values": [
                {
                    "name": named[name][value],
                    "count": rounded(count) if is_about else count,
                    "path": with_changes(asked, **{name: value}),
                }
                for value, count in _commonest(name, counts)
                if value in named[name]
            ],
        }
        for name in FACETS
        if asked[name] or len(counts.get(name, {})) > 1
    ]


def rounded(number: int) -> int:
    """A number's first two figures, the rest naught."""
    unit = int(10 ** max(0, len(str(number)) - 2))
    return number // unit * unit


def with_changes(asked: dict[str, str], **changed: str) -> str:
    """The same search with something else chosen, from its first page."""
    return "?" + urlencode({key: value for key, value in {**asked, **changed}.items() if value})


def _commonest(name: str, counts: Counts) -> list[tuple[str, int]]:
    found = counts.get(name, {}).items()
    if name == "year":
        return sorted(found, reverse=True)[:SHOWN]
    return sorted(found, key=lambda item: (-item[1], item[0]))[:SHOWN]


def _values(counts: Counts, asked: dict[str, str], name: str) -> list[str]:
    chosen = [asked[name]] if asked[name] else []
    return [*chosen, *(value for value, _ in _commonest(name, counts))]


def _names(name: str, portal: Portal, values: list[str], language: str) -> dict[str, str]:
    if not values:
        return {}
    match name:
        case "section":
            return {one.slug: one.name(language) for one in topics.sections(portal)}
        case "kind":
            return {value: kind_name(value) for value in values}
        case "language":
            return {value: _language(value, language) for value in values}
        case "topic":
            return _topics(portal, values, language)
    return {value: value for value in values}


def _topics(portal: Portal, values: list[str], language: str) -> dict[str, str]:
    """Names of topics, read at most once a minute."""
    known: dict[str, str] = cache.get(key := f"facet-topics:{portal.pk}:{language}", {})
    if missing := [value for value in values if value not in known]:
        read = {one.qcode: topics.heading(one, language) for one in topics.by_qcode(missing)}
        known = {**known, **dict.fromkeys(missing, ""), **read}
        cache.set(key, known if len(known) < _MOST_KEPT else {}, 60)
    return {value: known[value] for value in values if known[value]}


def _senders_and_places(
    portal: Portal, senders: list[str], places: list[str], language: str
) -> dict[str, dict[str, str]]:
    """Names of both in one read: a page of results asks the database little."""
    ids = [value for value in places if value.isdecimal() and len(value) < 10]
    text, truth = CharField(), BooleanField()
    english = Case(When(name_en="", then=F("name")), default=F("name_en"))
    one = (
        Organization.objects.filter(portal=portal, slug__in=senders)
        .order_by()
        .annotate(
            what=Value("organization", text), by=Cast("slug", text), said=Cast("name", text), is_old=Value(False, truth)
        )
        .values_list("what", "by", "said", "is_old")
    )
    other = (
        Place.objects.filter(pk__in=ids)
        .order_by()
        .annotate(
            what=Value("place", text),
            by=Cast("pk", text),
            said=Cast(F("name") if language == "vi" else english, text),
            is_old=Case(When(valid_to__isnull=True, then=Value(False)), default=Value(True), output_field=truth),
        )
        .values_list("what", "by", "said", "is_old")
    )
    found: dict[str, dict[str, str]] = {"organization": {}, "place": {}}
    for what, by, said, is_old in one.union(other, all=True):
        found[what][by] = f"{said} ({_('cũ')})" if is_old else said
    return found


def _language(code: str, language: str) -> str:
    found = languages.find(code)
    name = code if found is None else found.vi if language == "vi" else found.en
    return name[:1].upper() + name[1:]
