"""Shelve many: put texts that were published elsewhere before on the record, many at the price of a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from loa.archive.actions.shelve import Place, Text, digest
from loa.archive.models import Entry, Notice, NoticeNumber, OldAddress, Quotation, Version
from loa.jobs.wake import wake
from loa.lib import clock, slugs, tokens
from loa.organizations import queries as organizations


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One text with its history. The key is the writing side's, alike each time; moments are UTC."""

    release_key: str
    public_id: str  # the one it is to have; where another entry has it, it gets one by chance
    text: Text
    place: Place
    published_at: datetime
    is_day_only: bool = False
    views_before: int = 0
    old_addresses: tuple[tuple[str, str], ...] = ()  # host and path


def shelve_many(arrivals: Sequence[Arrival]) -> list[Entry]:
    """Makes the entries, each with version 1 and its notice, inside the caller's transaction; none may be there yet.

    The rows are those that `shelve` makes. Arrivals have no facts and no partners, so there are no occasions.
    """
    now = clock.now()
    rows = Entry.objects.filter(public_id__in=[one.public_id for one in arrivals])
    taken = set(rows.values_list("public_id", flat=True))
    entries = Entry.objects.bulk_create(
        Entry(
            public_id=tokens.short_id() if one.public_id in taken else one.public_id, release_key=one.release_key,
            portal_id=one.place.portal_id, organization_id=one.place.organization_id,
            section_id=one.place.section_id, kind=one.place.kind, place_id=one.place.place_id,
            is_day_only=one.is_day_only, published_at=one.published_at, changed_at=now, views_before=one.views_before,
            shows="p" if one.text.pictures else "",
        )
        for one in arrivals
    )  # fmt: skip
    pairs = list(zip(entries, arrivals, strict=True))
    topics = Entry.topics.through
    topics.objects.bulk_create(
        topics(entry_id=entry.pk, topic_id=topic) for entry, one in pairs for topic in one.place.topic_ids
    )
    versions = Version.objects.bulk_create(_version(entry, one.text, now) for entry, one in pairs)
    first = Version.objects.filter(entry=OuterRef("pk"), number=1).values("pk")
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(current=Subquery(first))
    for entry, version in zip(entries, versions, strict=True):
        entry.current = version
    _note_quotations(versions)
    _note_addresses(pairs)
    _put_on_wire(versions, now)
    return entries


def _version(entry: Entry, text: Text, now: datetime) -> Version:
    salt = tokens.random_id()
    return Version(
        entry=entry, number=1, slug=slugs.slugify(text.headline), salt=salt, digest=digest(salt, text), shelved_at=now,
        **vars(text),
    )  # fmt: skip


def _note_quotations(versions: Sequence[Version]) -> None:
    people = organizations.people_by_key(
        str(quote.get("person") or "") for version in versions for quote in version.quotes
    )
    Quotation.objects.bulk_create(
        Quotation(
            entry_id=version.entry_id, version=version, language=version.language, position=position,
            name=quote["name"], role=quote.get("role", ""), text=quote["text"],
            person=people.get(str(quote.get("person") or "")),
        )
        for version in versions
        for position, quote in enumerate(version.quotes)
    )  # fmt: skip


def _note_addresses(pairs: Sequence[tuple[Entry, Arrival]]) -> None:
    """Of two entries that claim one address the first keeps it."""
    OldAddress.objects.bulk_create(
        (
            OldAddress(portal_id=entry.portal_id, host=host, path=path, entry=entry)
            for entry, one in pairs
            for host, path in one.old_addresses
        ),
        ignore_conflicts=True,
    )


def _put_on_wire(versions: Sequence[Version], now: datetime) -> None:
    """The notices, last in the transaction, under the lock that keeps number order commit order."""
    NoticeNumber.objects.get_or_create(id=1)
    counter = NoticeNumber.objects.select_for_update().get(id=1)
    Notice.objects.bulk_create(
        Notice(id=number, entry_id=version.entry_id, version=version, kind=Notice.Kind.BROUGHT_IN, at=now)
        for number, version in enumerate(versions, start=counter.last + 1)
    )
    counter.last += len(versions)
    counter.save()
    transaction.on_commit(wake)
