"""Shelve: put a text on the record as an entry's next version, and a notice on the wire."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from loa.archive.models import Entry, Notice, NoticeNumber, State, Version
from loa.jobs.wake import wake
from loa.lib import clock, slugs, tokens
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
    pictures: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an entry stands in the portal: ids of rows in lower rooms."""

    portal_id: int
    organization_id: int
    section_id: int
    kind: str
    topic_ids: tuple[str, ...] = ()
    place_id: int | None = None


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
        add_version(entry, text=text, kind=Notice.Kind.PUBLISHED)
        return entry


def classify(entry: Entry, *, place: Place) -> None:
    """Puts an entry under other headings, inside the caller's transaction; portal and sender never change."""
    entry.section_id, entry.kind, entry.place_id = place.section_id, place.kind, place.place_id
    entry.save()
    entry.topics.set(Topic.objects.filter(pk__in=place.topic_ids))


def add_version(entry: Entry, *, text: Text, kind: str, reason: str = "", note: str = "") -> Version:
    """Appends the next version and its notice, inside the caller's transaction."""
    now = clock.now()
    number = entry.versions.count() + 1
    salt = tokens.random_id()
    version = Version.objects.create(
        entry=entry, number=number, slug=slugs.slugify(text.headline), salt=salt, digest=digest(salt, text),
        reason=reason, note=note, shelved_at=now, **asdict(text),
    )  # fmt: skip
    entry.current = version
    entry.changed_at = now
    entry.state = State.PUBLISHED
    entry.save()
    put_on_wire(entry, version, kind)
    return version


def put_on_wire(entry: Entry, version: Version, kind: str) -> Notice:
    """Writes the notice, last in its transaction, under the one lock that keeps number order commit order."""
    NoticeNumber.objects.get_or_create(id=1)
    counter = NoticeNumber.objects.select_for_update().get(id=1)
    counter.last += 1
    counter.save()
    notice = Notice.objects.create(id=counter.last, entry=entry, version=version, kind=kind, at=clock.now())
    transaction.on_commit(wake)
    return notice


def digest(salt: str, text: Text) -> str:
    """SHA-256 (hex) over the salt and the text as sorted, compact JSON (the form of RFC 8785 for these types)."""
    canonical = json.dumps(asdict(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return tokens.digest(f"{salt}\n{canonical}".encode())
