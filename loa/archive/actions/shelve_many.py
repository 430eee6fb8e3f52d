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
from loa.lib.rows import insert
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
    rows = Entry.objects.order_by()
    taken = set(rows.filter(public_id__in=[one.public_id for one in arrivals]).values_list("public_id", flat=True))
    entries = [
        Entry(
            public_id=tokens.short_id() if one.public_id in taken else one.public_id, release_key=one.release_key,
            portal_id=one.place.portal_id, organization_id=one.place.organization_id,
            section_id=one.place.section_id, kind=one.place.kind, place_id=one.place.place_id,
            is_day_only=one.is_day_only, published_at=one.published_at, changed_at=now, views_before=one.views_before,
            shows="p" if one.text.pictures else "",
        )
        for one in arrivals
    ]  # fmt: skip
    insert(entries)
    known = dict(rows.filter(public_id__in=[one.public_id for one in entries]).values_list("public_id", "pk"))
    for entry in entries:
        entry.pk = known[entry.public_id]
    pairs = list(zip(entries, arrivals, strict=True))
    topics = Entry.topics.through
    insert([topics(entry_id=entry.pk, topic_id=topic) for entry, one in pairs for topic in one.place.topic_ids])
    versions = [_version(entry, one.text, now) for entry, one in pairs]
    insert(versions)
    ids = [entry.pk for entry in entries]
    first = Version.objects.filter(entry=OuterRef("pk"), number=1).values("pk")
    rows.filter(pk__in=ids).update(current=Subquery(first))
    texts = dict(rows.filter(pk__in=ids).values_list("pk", "current_id"))
    for entry, version in zip(entries, versions, strict=True):
        version.pk = texts[entry.pk]
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
    insert([
        Quotation(
            entry_id=version.entry_id, version=version, language=version.language, position=position,
            name=quote["name"], role=quote.get("role", ""), text=quote["text"],
            person=people.get(str(quote.get("person") or "")),
        )
        for version in versions
        for position, quote in enumerate(version.quotes)
    ])  # fmt: skip


def _note_addresses(pairs: Sequence[tuple[Entry, Arrival]]) -> None:
    """Of two entries that claim one address the first keeps it."""
    insert(
        [
            OldAddress(portal_id=entry.portal_id, host=host, path=path, entry_id=entry.pk)
            for entry, one in pairs
            for host, path in one.old_addresses
        ],
        ignores_conflicts=True,
    )


def _put_on_wire(versions: Sequence[Version], now: datetime) -> None:
    """The notices, last in the transaction, under the lock that keeps number order commit order."""
    NoticeNumber.objects.get_or_create(id=1)
    counter = NoticeNumber.objects.select_for_update().get(id=1)
    kind = Notice.Kind.BROUGHT_IN.value
    insert([
        Notice(id=number, entry_id=version.entry_id, version_id=version.pk, kind=kind, at=now)
        for number, version in enumerate(versions, start=counter.last + 1)
    ])  # fmt: skip
    counter.last += len(versions)
    counter.save()
    transaction.on_commit(wake)
