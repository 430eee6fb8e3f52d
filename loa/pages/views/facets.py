"""How the hits of a search spread, and the links that narrow them."""

from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.utils.translation import gettext as _

from loa.lib import languages
from loa.pages.templatetags.loa_pages import kind_name
from loa.places.models import Place
from loa.portals.models import Portal
from loa.topics import queries as topics

FACETS = ("section", "kind", "topic", "organization", "place", "language", "year")
SHOWN = 6
_MOST_KEPT = 2_000

Counts = dict[str, dict[str, int]]


def facets(portal: Portal, counts: Counts, asked: dict[str, str], language: str) -> list[dict[str, Any]]:
    """Each with its commonest values, and what is chosen of it; one that tells nothing apart is left out."""
    named = {name: _names(name, portal, _values(counts, asked, name), language) for name in FACETS}
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
                {"name": named[name][value], "count": count, "path": with_changes(asked, **{name: value})}
                for value, count in _commonest(name, counts)
                if value in named[name]
            ],
        }
        for name in FACETS
        if asked[name] or len(counts.get(name, {})) > 1
    ]


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
        case "year":
            return {value: value for value in values}
    return _kept(name, portal, values, language)


def _kept(name: str, portal: Portal, values: list[str], language: str) -> dict[str, str]:
    """Names out of the database, read at most once a minute: a page of results asks it little."""
    known: dict[str, str] = cache.get(key := f"facet:{portal.pk}:{language}:{name}", {})
    if missing := [value for value in values if value not in known]:
        known = {**known, **dict.fromkeys(missing, ""), **_read(name, portal, missing, language)}
        cache.set(key, known if len(known) < _MOST_KEPT else {}, 60)
    return {value: known[value] for value in values if known[value]}


def _read(name: str, portal: Portal, values: list[str], language: str) -> dict[str, str]:
    match name:
        case "topic":
            return {one.qcode: topics.heading(one, language) for one in topics.by_qcode(values)}
        case "organization":
            return dict(portal.organizations.filter(slug__in=values).values_list("slug", "name"))
        case _:
            ids = [value for value in values if value.isdecimal() and len(value) < 10]
            return {str(one.pk): _place(one, language) for one in Place.objects.filter(pk__in=ids)}


def _place(place: Place, language: str) -> str:
    return f"{place.label(language)} ({_('cũ')})" if place.valid_to else place.label(language)


def _language(code: str, language: str) -> str:
    found = languages.find(code)
    name = code if found is None else found.vi if language == "vi" else found.en
    return name[:1].upper() + name[1:]
