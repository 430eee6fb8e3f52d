"""What a release says, as plain values and as words."""

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from loa.lib import html
from loa.media import queries as media
from loa.places.models import Place
from loa.releases.models import Release, Translation
from loa.topics.models import Section, Topic

_TYPED = ("kind", "headline", "subtitle", "lead", "dateline", "source_name", "source_url", "picture_credit", "contact")
_LISTS = ("pictures", "videos", "attachments", "quotes", "documents")
TRANSLATED = ("headline", "subtitle", "lead", "dateline", "contact")
TRANSLATED_ROWS = ("quotes", "pictures", "facts")
ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_FILES = ("pictures", "videos", "attachments")
_FIGURE = r"<figure><img [^>]*{}[^>]*>(?:<figcaption>.*?</figcaption>)?</figure>\n?"


def web_addresses(body_html: str, *others: str) -> list[str]:
    """The addresses on the web that a body, and fields beside it, lead to, each once."""
    found = (*map(unescape, ADDRESS.findall(body_html)), *others)
    return list(dict.fromkeys(one for one in found if one.startswith(("https://", "http://")) and len(one) <= 1000))


def plain(release: Release, topics: Iterable[int] | None = None) -> dict[str, Any]:
    """Everything a release says as plain values, rows by their key; `topics` where they are not those it has."""
    names = (*_TYPED, *_LISTS, "body_html", "language", "licence", "is_ai", "facts")
    chosen = release.topics.values_list("pk", flat=True) if topics is None else topics
    keys = {"section": release.section_id, "place": release.place_id, "topics": sorted(chosen)}
    return {name: getattr(release, name) for name in names} | keys


def for_a_copy(release: Release) -> dict[str, Any]:
    """The plain values that another release may begin with: no date, and nobody's yes to a quote."""
    fields: dict[str, Any] = json.loads(json.dumps(plain(release)))
    quotes = [{name: value for name, value in one.items() if name != "is_confirmed"} for one in fields["quotes"]]
    return {**fields, "dateline": "", "quotes": quotes}


def plain_translation(translation: Translation) -> dict[str, Any]:
    """Everything a translation says as plain values."""
    return {name: getattr(translation, name) for name in (*TRANSLATED, *TRANSLATED_ROWS, "body_html")}


def words_of(release: Release) -> dict[str, str]:
    """Everything a release says, as plain text by field; two of these show what changed between them."""
    return words(plain(release))


def words(fields: dict[str, Any]) -> dict[str, str]:
    """The same of plain values."""
    section = Section.objects.filter(pk=fields.get("section") or 0).first()
    place = Place.objects.filter(pk=fields.get("place") or 0).first()
    topics = Topic.objects.filter(pk__in=fields.get("topics") or [])
    body = str(fields.get("body_html") or "")
    said = {name: str(fields.get(name) or "") for name in _TYPED}
    said |= {
        "section": section.name_vi if section else "",
        "place": place.name if place else "",
        "topics": ", ".join(sorted(topic.label("vi") for topic in topics)),
        "licence": str(fields.get("licence") or ""),
        "body": html.to_text(body),
        "links": "\n".join(ADDRESS.findall(body)),  # a link leads elsewhere under the same words
        "facts": _line(fields.get("facts")),
    }
    return said | {name: "\n".join(_line(row) for row in rows_in(fields.get(name))) for name in _LISTS}


def rows_in(value: Any) -> Iterable[Any]:
    """The rows of a list; a translation keeps the words of each under its key."""
    return value.values() if isinstance(value, dict) else value or ()


def _line(value: Any) -> str:
    """The plain values of a list or a mapping, however deep, on one line."""
    if isinstance(value, str | int | float):
        return str(value) if value else ""
    # PostgreSQL keeps a mapping in an order of its own: the same words must stand in the same order everywhere.
    parts = [value[key] for key in sorted(value)] if isinstance(value, dict) else value or ()
    return " · ".join(part for part in map(_line, parts) if part)


def still_there(release: Release, fields: dict[str, Any]) -> dict[str, Any]:
    """Plain values of an earlier day without what is gone since: sections, places, topics and files."""
    owner_key = f"organization:{release.organization_id}"
    files = media.files_in([json.dumps([fields.get(name) for name in _FILES])])
    gone = files - media.owned(owner_key, files)
    kept: dict[str, Any] = {
        name: [row for row in fields[name] if not media.files_in([json.dumps(row)]) & gone] for name in _FILES
    }
    body = str(fields["body_html"])
    for file in gone:
        body = re.sub(_FIGURE.format(file), "", body)
    section, place = fields["section"], fields["place"]
    keys = {
        "section": section if Section.objects.filter(pk=section).exists() else None,
        "place": place if Place.objects.filter(pk=place).exists() else None,
        "topics": sorted(Topic.objects.filter(pk__in=fields["topics"]).values_list("pk", flat=True)),
    }
    return {**fields, **kept, **keys, "body_html": body}
