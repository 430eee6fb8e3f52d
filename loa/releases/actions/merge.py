"""Merge: what was typed joins what others saved meanwhile; where both changed one field, a person chooses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from loa.accounts.models import Person
from loa.lib import clock, three_way
from loa.lib.tokens import random_id, short_id
from loa.releases import queries
from loa.releases.actions.save import cleaned, in_hand, put, typed_over
from loa.releases.errors import KeptAside, StaleRevision
from loa.releases.models import Release, Revision, Way

BLOCKS = ("body_html",)
MOST_BESIDE = 50  # of one release: what open pages sent, and texts kept aside that a person has looked at
ROWS = ("pictures", "videos", "attachments", "quotes", "documents")


@dataclass(frozen=True)
class Seen:
    """The page it was typed on, and the revision that page was made of."""

    revision: int
    page: str = ""


@dataclass(frozen=True)
class Merged:
    """The release as it stands, and what of it others wrote that the page does not show."""

    release: Release
    before: Revision | None = None  # what its page was made of
    from_theirs: tuple[str, ...] = ()


def merge(person: Person, release: Release, *, fields: dict[str, Any], seen: Seen, way: str = Way.SAVED) -> Merged:
    """Saves the fields given. Raises KeptAside where others changed the same ones, WrongState, Suspended."""
    fields = cleaned(fields)
    with transaction.atomic():
        locked = in_hand(release)
        now_said = queries.plain(locked)
        page = _page(person, seen)
        base = _base(locked, seen, page)
        stood = queries.line(locked).filter(number=seen.revision).first() if way == Way.SAVED else None
        if _is_newest(base, locked, seen):
            put(locked, now_said, typed_over(locked, now_said, fields), person=person, way=way, page=page)
            return Merged(locked, stood)
        mine = typed_over(locked, base.fields if base else now_said, fields)
        made = together(base, mine, now_said)
        aside = _beside(locked, person, seen, base, mine, Way.ASIDE, page) if made.conflicts else None
        if aside is None:
            is_shown = not made.from_theirs  # by the page it came from
            kind = way if is_shown or way != Way.SAVED else Way.MERGED
            put(locked, now_said, made.fields, person=person, way=kind, page=page if is_shown else "")
            if not is_shown:
                _beside(locked, person, seen, None, mine, Way.SENT, page)
            _of_page(locked, page).filter(way=Way.ASIDE).update(is_settled=True)  # it has come in since
            return Merged(locked, stood, made.from_theirs)
    raise KeptAside(aside, made.conflicts)


def settle(
    person: Person, aside: Revision, *, choices: dict[str, str], texts: dict[str, str], expected_revision: int
) -> Release:
    """Saves what a person chose for each field both had changed: "mine", "theirs", "both" (of rows) or "text".

    Without a choice it stays as the others left it; the rest comes together by itself. Twice does nothing more. Raises
    StaleRevision where somebody saved since they looked, WrongState, Suspended.
    """
    typed = cleaned(texts)
    with transaction.atomic():
        locked = in_hand(aside.release)
        row = Revision.objects.select_for_update(of=("self",)).select_related("base").get(pk=aside.pk)
        if row.is_settled:
            return locked
        if locked.revision != expected_revision:
            raise StaleRevision
        now_said = queries.plain(locked)
        made = together(row.base, row.fields, now_said)
        picked = {name: _picked(choices.get(name, ""), row.fields[name], now_said[name]) for name in made.conflicts}
        anew = {name: typed[name] for name in made.conflicts if choices.get(name) == "text" and name in typed}
        after = queries.still_there(locked, typed_over(locked, {**made.fields, **picked}, anew))
        put(locked, now_said, after, person=person, way=Way.MERGED)
        row.is_settled = True
        row.save(update_fields=["is_settled"])
    return locked


def _picked(choice: str, mine: Any, theirs: Any) -> Any:
    if choice == "both" and isinstance(mine, list) and isinstance(theirs, list):
        return [*theirs, *_missing(mine, theirs)]
    return mine if choice == "mine" else theirs


def _missing(mine: list[Any], theirs: list[Any]) -> Iterator[Any]:
    """Rows the others do not have; one they changed comes beside theirs, under a key of its own."""
    keys = {three_way.key_of(row) for row in theirs}
    for row in mine:
        if not any(three_way.is_same(row, one) for one in theirs):
            if three_way.key_of(row) not in keys:
                yield row
            elif isinstance(row, dict) and "id" in row:
                yield {**row, "id": short_id()}


def together(base: Revision | None, mine: dict[str, Any], theirs: dict[str, Any]) -> three_way.Outcome:
    """Facts belong to their kind; a quote is placed in the body by its number in the list."""
    tied = [{"kind", "facts"}]
    if any(mark in f"{mine['body_html']}{theirs['body_html']}".lower() for mark in ("[trích", "[quote")):
        tied.append({"body_html", "quotes"})
    return three_way.merge(base.fields if base else None, mine, theirs, blocks=BLOCKS, rows=ROWS, tied=tied)


def _base(release: Release, seen: Seen, page: str) -> Revision | None:
    """What the page began from: what it last sent, else the revision it was made of."""
    sent = _of_page(release, page).exclude(way=Way.ASIDE).order_by("saved_at", "pk").last()
    return sent or queries.line(release).filter(number=seen.revision).first()


def _is_newest(base: Revision | None, release: Release, seen: Seen) -> bool:
    if base is None:
        return seen.revision == release.revision
    return base.way != Way.SENT and base.number == release.revision


def _beside(
    release: Release, person: Person, seen: Seen, base: Revision | None, mine: dict[str, Any], way: str, page: str
) -> Revision:
    """What one page sent, under that page: its next text takes the place of the last."""
    row = _of_page(release, page).filter(way=way).first()
    is_new = row is None
    row = row or Revision(release=release, page=page, way=way, person=person, began_at=clock.now())
    row.number, row.fields, row.saved_at, row.base = seen.revision, mine, clock.now(), base
    row.save()
    if is_new:
        _thin_out(release)
    return row


def _thin_out(release: Release) -> None:
    """The oldest go; a text that waits for a choice never does. A page whose text went only makes a person look."""
    rows = release.revisions.filter(Q(way=Way.SENT) | Q(way=Way.ASIDE, is_settled=True))
    too_many = rows.order_by("-saved_at", "-pk").values_list("pk", flat=True)[MOST_BESIDE:]
    Revision.objects.filter(pk__in=list(too_many)).delete()


def _of_page(release: Release, page: str) -> QuerySet[Revision]:
    return release.revisions.filter(page=page, language="", is_settled=False)


def _page(person: Person, seen: Seen) -> str:
    """A page is its reader's: nobody else's text is ever taken for theirs. One without a name is sent once."""
    return f"{person.pk}:{seen.page or random_id()}"[:40]
