"""Merge: what was typed joins what others saved meanwhile; where both changed one field, a person chooses."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.lib import clock, three_way
from loa.lib.tokens import random_id
from loa.releases import queries
from loa.releases.actions.save import in_hand, put, typed_over
from loa.releases.errors import KeptAside, StaleRevision
from loa.releases.models import Release, Revision, Way

BLOCKS = ("body_html",)


@dataclass(frozen=True)
class Seen:
    """What a page began from: the revision it was made of, or since then what it last sent; and the page itself."""

    revision: int
    page: str = ""
    base: str = ""  # the public id of a revision


@dataclass(frozen=True)
class Merged:
    """The release as it stands, and what of it others wrote that the page does not show."""

    release: Release
    from_theirs: tuple[str, ...] = ()
    base: str = ""  # what the page shows, where that is not what was saved


def merge(person: Person, release: Release, *, fields: dict[str, Any], seen: Seen, way: str = Way.SAVED) -> Merged:
    """Saves the fields given. Raises KeptAside where others changed the same ones, WrongState, Suspended."""
    with transaction.atomic():
        locked = in_hand(release)
        now_said = queries.plain(locked)
        if not seen.base and seen.revision == locked.revision:
            put(locked, now_said, typed_over(locked, now_said, fields), person=person, way=way)
            return Merged(locked)
        base = _base(locked, seen)
        mine = typed_over(locked, base.fields if base else now_said, fields)
        made = together(base, mine, now_said)
        aside = _beside(locked, person, seen, base, mine, Way.ASIDE) if made.conflicts else None
        if aside is None:
            is_asked = way == Way.SAVED and made.from_theirs
            put(locked, now_said, made.fields, person=person, way=Way.MERGED if is_asked else way)
            _beside_of(locked, person, seen).filter(way=Way.ASIDE).update(is_settled=True)  # it has come in since
            sent = _beside(locked, person, seen, base, mine, Way.SENT) if made.from_theirs and seen.page else None
            return Merged(locked, made.from_theirs, sent.public_id if sent else "")
    raise KeptAside(aside, made.conflicts)


def settle(person: Person, aside: Revision, *, chosen: dict[str, Any], expected_revision: int) -> Release:
    """Saves what a person chose for the fields both had changed; the rest comes together by itself.

    Twice does nothing more. Raises StaleRevision where somebody saved since they looked, WrongState, Suspended.
    """
    with transaction.atomic():
        locked = in_hand(aside.release)
        row = Revision.objects.select_for_update(of=("self",)).select_related("base").get(pk=aside.pk)
        if row.is_settled:
            return locked
        if locked.revision != expected_revision:
            raise StaleRevision
        now_said = queries.plain(locked)
        made = together(row.base, row.fields, now_said)
        picked = {name: value for name, value in chosen.items() if name in made.conflicts}
        after = queries.still_there(locked, {**made.fields, **picked})
        put(locked, now_said, after, person=person, way=Way.MERGED)
        row.is_settled = True
        row.save(update_fields=["is_settled"])
    return locked


def together(base: Revision | None, mine: dict[str, Any], theirs: dict[str, Any]) -> three_way.Outcome:
    """Facts belong to their kind; a quote is placed in the body by its number in the list."""
    tied = [{"kind", "facts"}]
    if any(mark in f"{mine['body_html']}{theirs['body_html']}".lower() for mark in ("[trích", "[quote")):
        tied.append({"body_html", "quotes"})
    return three_way.merge(base.fields if base else None, mine, theirs, blocks=BLOCKS, tied=tied)


def _base(release: Release, seen: Seen) -> Revision | None:
    if seen.base:
        return queries.revision(release, seen.base)
    return queries.line(release).filter(number=seen.revision).first()


def _beside(
    release: Release, person: Person, seen: Seen, base: Revision | None, mine: dict[str, Any], way: str
) -> Revision:
    """What one page sent, under that page: its next text takes the place of the last."""
    row = _beside_of(release, person, seen).filter(way=way).first()
    row = row or Revision(release=release, page=_page(person, seen), way=way, person=person, began_at=clock.now())
    row.number, row.fields, row.saved_at = seen.revision, mine, clock.now()
    row.base = base if way == Way.ASIDE else None  # what a page sent is a beginning itself
    row.save()
    return row


def _beside_of(release: Release, person: Person, seen: Seen) -> QuerySet[Revision]:
    return release.revisions.filter(page=_page(person, seen), is_settled=False)


def _page(person: Person, seen: Seen) -> str:
    """A page is its reader's: nobody else's text is ever taken for theirs. One without a name is sent once."""
    return f"{person.pk}:{seen.page or random_id()}"[:40]
