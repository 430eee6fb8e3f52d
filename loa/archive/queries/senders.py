"""What an organization sent, alone and jointly with others: its entries, their figures and who spoke in them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Count, IntegerField, Min, Q, QuerySet, Value, When

from loa.archive.models import Entry, Quotation, State
from loa.archive.queries.entries import LIFE
from loa.lib import clock, prepared

FIRST_YEAR = 1990  # older ones are counted with it


def by_sender(organization_id: int) -> Q:
    """Entries of an organization, joint releases of others with it included."""
    # One list of ids: an OR of the two would be tried on every entry of the portal.
    own = Entry.objects.filter(organization_id=organization_id).values("pk")
    joint = Entry.partners.through.objects.filter(organization_id=organization_id).values("entry_id")
    return Q(pk__in=own.union(joint, all=True))


def has_joint(organization_id: int) -> bool:
    """Whether others named it as a partner of a release of theirs: few were, and looking for them costs a walk."""
    return bool(prepared.tuples(_one_joint, organization_id=organization_id))


def _one_joint(*, organization_id: int) -> QuerySet[Any, tuple[int]]:
    return Entry.partners.through.objects.filter(organization_id=organization_id).values_list("pk")[:1]


def of_sender(rows: QuerySet[Entry], organization_id: int, *, has_joint: bool = True) -> list[QuerySet[Entry]]:
    """The same as two lists, its own and the joint ones, each read along its own index: an OR has none.

    Who knows that there are no joint ones says so, and nothing is looked through for them.
    """
    joint = Entry.partners.through.objects.filter(organization_id=organization_id).values("entry_id")
    own = rows.filter(organization_id=organization_id)
    return [own, rows.filter(pk__in=joint)] if has_joint else [own]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of an organization there are of a year (in its portal's zone), a kind and a state."""

    year: int
    kind: str
    state: str
    is_own: bool  # else a joint release of another's
    entries: int
    first_at: datetime


def tallies(organization_id: int, zone: str) -> list[Tally]:
    """An organization's record in figures, joint releases and withdrawn entries too; one read along an index."""
    years = [*range(clock.now().year + 1, FIRST_YEAR, -1)]
    # The bounds of years are worked out here: no database then has to know zones, or to call Python for each row.
    begins = [year_bounds(year, zone)[0] for year in years]
    rows = prepared.tuples(_tallies, organization_id=organization_id, years=years, begins=begins)
    return [Tally(*row) for row in rows]


def _tallies(*, organization_id: int, years: list[int], begins: list[datetime]) -> QuerySet[Entry, tuple[Any, ...]]:
    known = [When(published_at__gte=at, then=Value(year)) for year, at in zip(years, begins, strict=True)]
    year = Case(*known, default=Value(FIRST_YEAR), output_field=IntegerField())
    own, joint = of_sender(Entry.objects.exclude(kind=LIFE).order_by().annotate(year=year), organization_id)
    both = [
        rows.annotate(is_own=Value(is_own, BooleanField()))
        .values("year", "kind", "state", "is_own")
        .annotate(entries=Count("pk"), first_at=Min("published_at"))
        .values_list("year", "kind", "state", "is_own", "entries", "first_at")
        for rows, is_own in ((own, True), (joint, False))
    ]
    return both[0].union(both[1], all=True)


def year_bounds(year: int, zone: str) -> tuple[datetime, datetime]:
    """The first moment of a year in a zone, and the first after it (UTC); the first year counted holds all before."""
    begins, ends = (datetime(one, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in (year, year + 1))
    return begins if year > FIRST_YEAR else datetime.min.replace(tzinfo=UTC), ends


def quotations(organization_id: int) -> QuerySet[Quotation]:
    """What was said in an organization's public entries, latest first."""
    rows = Quotation.objects.select_related("entry__current", "entry__portal", "person", "version")
    return rows.filter(entry__organization_id=organization_id, entry__state=State.PUBLISHED).order_by(
        "-entry__published_at", "entry_id", "position"
    )
