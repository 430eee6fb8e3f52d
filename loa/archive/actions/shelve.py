"""Shelve: put a text on the record as an entry's next version, and a notice on the wire."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from loa.archive import queries
from loa.archive.models import (
    Entry,
    Licence,
    Notice,
    NoticeNumber,
    Occasion,
    Quotation,
    State,
    Translation,
    Version,
)
from loa.edge.actions.purge import purge
from loa.jobs.wake import wake
from loa.lib import clock, slugs, tokens
from loa.organizations import queries as organizations
from loa.places import queries as places
from loa.topics.models import Topic


@dataclass(frozen=True, kw_only=True)
class Text:
    """Everything readers will see of one version; markup is already clean."""

    language: str
    headline: str
    body_html: str
    body_text: str
    subtitle: str = ""
    lead: str = ""
    dateline: str = ""
    source_url: str = ""
    source_name: str = ""
    picture_credit: str = ""
    contact: str = ""
    reading_minutes: int = 1
    pictures: list[dict[str, Any]] = field(default_factory=list)
    videos: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    partners: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    licence: str = Licence.CREDIT
    is_ai: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an entry stands in the portal: ids of rows in lower rooms."""

    portal_id: int
    organization_id: int
    section_id: int
    kind: str
    topic_ids: tuple[str, ...] = ()
    place_id: int | None = None
    partner_ids: tuple[int, ...] = ()


def shelve(
    release_key: str,
    *,
    text: Text,
    place: Place,
    published_at: datetime | None = None,
    is_day_only: bool = False,
    views_before: int = 0,
) -> Entry:
    """Makes the entry of a release with version 1; a second call for the same release answers the same entry."""
    with transaction.atomic():
        found = Entry.objects.filter(release_key=release_key).first()
        if found is not None:
            return found
        now = clock.now()
        entry = Entry.objects.create(
            release_key=release_key, portal_id=place.portal_id, organization_id=place.organization_id,
            section_id=place.section_id, kind=place.kind, place_id=place.place_id, is_day_only=is_day_only,
            published_at=published_at or now, changed_at=now, views_before=views_before,
        )  # fmt: skip
        entry.topics.set(Topic.objects.filter(pk__in=place.topic_ids))
        entry.partners.set(place.partner_ids)
        add_version(entry, text=text, kind=Notice.Kind.PUBLISHED)
        return entry


def classify(entry: Entry, *, place: Place) -> None:
    """Puts an entry under other headings, inside the caller's transaction; portal and sender never change."""
    entry.section_id, entry.kind, entry.place_id = place.section_id, place.kind, place.place_id
    entry.save()
    entry.topics.set(Topic.objects.filter(pk__in=place.topic_ids))
    entry.partners.set(place.partner_ids)


def add_version(entry: Entry, *, text: Text, kind: str, reason: str = "", note: str = "") -> Version:
    """Appends the original's next version and its notice, inside the caller's transaction."""
    version = _append(entry, text, reason=reason, note=note)
    entry.current = version
    entry.changed_at = version.shelved_at
    entry.state = State.PUBLISHED
    entry.shows = ("p" if text.pictures else "") + ("v" if text.videos else "")
    entry.save()
    # An original that is written anew in the language of one of its translations takes that one's place.
    Translation.objects.filter(entry=entry, language=text.language).delete()
    _note_occasion(entry, text)
    put_on_wire(entry, version, kind)
    return version


def add_translation(entry: Entry, *, text: Text, translates: Version, reason: str = "", note: str = "") -> Version:
    """Appends a text in another language and its notice, inside the caller's transaction.

    The original stays as it is; whoever reads learns which of its versions was translated.
    """
    version = _append(entry, text, reason=reason, note=note, translates=translates)
    shown = Translation.objects.filter(entry=entry, language=text.language)
    kind = Notice.Kind.CORRECTED if shown.exists() else Notice.Kind.TRANSLATED
    Translation.objects.update_or_create(entry=entry, language=text.language, defaults={"version": version})
    entry.changed_at = version.shelved_at
    entry.save()
    put_on_wire(entry, version, kind)
    return version


def _append(entry: Entry, text: Text, *, reason: str, note: str, translates: Version | None = None) -> Version:
    salt = tokens.random_id()
    version = Version.objects.create(
        entry=entry, number=entry.versions.count() + 1, slug=_slug(text, translates), salt=salt,
        digest=digest(salt, text), reason=reason, note=note, translates=translates, shelved_at=clock.now(),
        **vars(text),
    )  # fmt: skip
    _note_quotations(entry, version)
    return version


def _slug(text: Text, translates: Version | None) -> str:
    """Of the headline; one without a Latin letter takes the slug of what it was translated from."""
    slug = slugs.slugify(text.headline)
    is_mute = slug == slugs.FALLBACK or not any(letter.isalpha() for letter in slug)
    return translates.slug if translates is not None and is_mute else slug


def _note_occasion(entry: Entry, text: Text) -> None:
    Occasion.objects.filter(entry=entry).delete()
    if starts_at := text.facts.get("starts_at"):
        start = datetime.fromisoformat(starts_at)
        end = datetime.fromisoformat(text.facts.get("ends_at") or starts_at)
        occasion = Occasion.objects.create(entry=entry, starts_at=start, ends_at=end)
        held = places.by_names(str(venue.get("place") or "") for venue in text.facts.get("venues", []))
        occasion.places.set([*held, *([entry.place] if entry.place is not None else [])])


def _note_quotations(entry: Entry, version: Version) -> None:
    Quotation.objects.filter(entry=entry, language=version.language).delete()
    people = organizations.people_by_key([str(quote.get("person") or "") for quote in version.quotes])
    Quotation.objects.bulk_create(
        Quotation(
            entry=entry, version=version, language=version.language, position=position, name=quote["name"],
            role=quote.get("role", ""), text=quote["text"], is_confirmed=bool(quote.get("is_confirmed")),
            person=people.get(str(quote.get("person") or "")),
        )
        for position, quote in enumerate(version.quotes)
    )  # fmt: skip


def put_on_wire(entry: Entry, version: Version, kind: str) -> Notice:
    """Writes the notice, last in its transaction, under the one lock that keeps number order commit order."""
    NoticeNumber.objects.get_or_create(id=1)
    counter = NoticeNumber.objects.select_for_update().get(id=1)
    counter.last += 1
    counter.save()
    notice = Notice.objects.create(id=counter.last, entry=entry, version=version, kind=kind, at=clock.now())
    purge(queries.tags_of(notice), queries.purge_of(notice))  # at the commit; should we die before, the outlet does it
    transaction.on_commit(wake)
    return notice


# What a text had from the first day; what came later is left out where it holds its default, so that every digest
# ever written can still be worked out from its row.
FIRST = (
    "language", "headline", "body_html", "body_text", "subtitle", "lead", "dateline", "source_url", "source_name",
    "picture_credit", "contact", "reading_minutes", "pictures",
)  # fmt: skip


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN = vars(Text(language="", headline="", body_html="", body_text=""))


def digest(salt: str, text: Text) -> str:
    """SHA-256 (hex) over the salt and the text as sorted, compact JSON (the form of RFC 8785 for these types)."""
    said = {name: value for name, value in vars(text).items() if name in FIRST or value != _PLAIN[name]}
    return tokens.digest(f"{salt}\n{_CANONICAL.encode(said)}".encode())
