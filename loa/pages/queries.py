"""What the public pages show, gathered from the record in few reads."""

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import Coalesce, RowNumber

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.lib import vietnamese
from loa.organizations import queries as organizations_let_out
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.stats.models import DailyViews

PAGE = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `older` is the cursor of the next."""

    entries: list[Entry] = field(default_factory=list)
    older: str = ""


def cards(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Rows without the long texts that lists do not show."""
    return rows.defer("current__body_html", "current__body_text")


def listing(rows: QuerySet[Entry], cursor: str = "") -> Listing:
    """A page after a cursor; a cursor nobody gave out is the first page."""
    if (place := _read_cursor(cursor)) is not None:
        at, pk = place
        rows = rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    found = list(cards(rows)[: PAGE + 1])
    shown = found[:PAGE]
    return Listing(shown, _cursor(shown[-1]) if len(found) > PAGE else "")


def _cursor(entry: Entry) -> str:
    raw = f"{entry.published_at.isoformat()}|{entry.pk}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, int] | None:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, pk = raw.partition("|")
        moment, number = datetime.fromisoformat(at), int(pk)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError, binascii.Error):  # beyond the calendar's ends too
        return None
    return (in_utc, number) if moment.tzinfo and 0 <= number < 2**63 else None


def front(portal: Portal) -> dict[str, Any]:
    """The home page: lead story, newest, releases of businesses, newest per section."""
    ranked = archive.public(portal.pk).annotate(
        rank=Window(RowNumber(), partition_by=F("section_id"), order_by=[F("published_at").desc(), F("id").desc()])
    )
    by_section: dict[int, list[Entry]] = defaultdict(list)
    for entry in cards(ranked.filter(rank__lte=4)):
        by_section[entry.section_id].append(entry)
    newest = list(cards(archive.public(portal.pk))[:24])
    lead = archive.by_public_id(portal.pk, portal.pinned) if portal.pinned else None
    if lead is None or lead.state != State.PUBLISHED:
        lead = next((e for e in newest if e.current and e.current.pictures), newest[0] if newest else None)
    rest = [entry for entry in newest if entry != lead]
    releases = [entry for entry in rest[6:] if entry.kind != "sourced"][:4]
    return {
        "lead": lead,
        "newest": rest[:6],
        "releases": releases or [entry for entry in rest if entry.kind != "sourced"][:4],
        "by_section": by_section,
    }


def one(portal: Portal, public_id: str, language: str) -> Entry | None:
    """An entry with its translation (`shown`), and the views counted here (`counted`), in one read."""
    days = DailyViews.objects.filter(entry_id=OuterRef("pk")).order_by().values("entry_id")
    counted = Coalesce(Subquery(days.annotate(total=Sum("views")).values("total")), 0)
    rows = archive.with_texts(archive.everything(portal.pk).filter(public_id=public_id), language)
    return rows.annotate(counted=counted).first()


def related(entry: Entry, language: str) -> list[Entry]:
    """Others of the same sender or section, the sender's first."""
    near = Q(organization_id=entry.organization_id) | Q(section_id=entry.section_id)
    rows = archive.prefer(cards(archive.public(entry.portal_id).filter(near).exclude(pk=entry.pk))[:12], language)
    return sorted(rows, key=lambda other: other.organization_id != entry.organization_id)[:4]


def organizations(portal: Portal) -> list[tuple[str, list[Organization]]]:
    """Organizations that have published, by the Vietnamese alphabet, legal form aside."""
    senders = archive.public(portal.pk).order_by().values("organization_id")
    rows: Iterable[Organization] = Organization.objects.filter(portal=portal, pk__in=senders).select_related("city")
    letters: dict[str, list[Organization]] = {}
    for row in sorted(rows, key=lambda one: vietnamese.sort_key(vietnamese.sort_name(one.name))):
        letters.setdefault(vietnamese.initial(row.name), []).append(row)
    return list(letters.items())


def organization(portal: Portal, slug: str) -> Organization | None:
    """One organization that was let out once, its people beside it: before that a name is only somebody's claim."""
    rows = organizations_let_out.public(portal.pk).filter(slug=slug)
    return rows.select_related("city").prefetch_related("people").first()


def last_change(portal: Portal) -> datetime | None:
    """When anything on the portal last changed."""
    rows = archive.everything(portal.pk).order_by()
    changed: datetime | None = rows.aggregate(at=Max("changed_at"))["at"]
    return changed


def count(rows: QuerySet[Entry]) -> int:
    """How many entries."""
    return int(rows.aggregate(n=Count("pk"))["n"])
