"""What the newsroom of an organization shows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from loa.archive import queries as archive
from loa.archive.models import Entry, Quotation, Shows
from loa.lib import prepared


def of_newsroom(
    *, portal_id: int, organization_id: int, has_joint: bool, kind: str | None = None, begins: datetime | None = None,
    ends: datetime | None = None, **_beside: Any,
) -> list[QuerySet[Entry]]:  # fmt: skip
    """What an organization published, its own and joint releases, of a kind and of a time."""
    every = archive.of_sender(archive.news(portal_id), organization_id, has_joint=has_joint)
    if kind is not None:
        every = [rows.filter(kind=kind) for rows in every]
    if begins is not None:
        every = [rows.filter(published_at__gte=begins, published_at__lt=ends) for rows in every]
    return every


def of_album(*, portal_id: int, organization_id: int, has_joint: bool) -> list[QuerySet[Entry]]:
    """What an organization published with pictures or videos."""
    parts = archive.of_sender(archive.public(portal_id), organization_id, has_joint=has_joint)
    return archive.showing(parts, Shows.PICTURES, Shows.VIDEOS)


def beside_newsroom(
    *, portal_id: int, organization_id: int, has_joint: bool, now: datetime
) -> list[QuerySet[Entry]]:  # fmt: skip
    """Short lists read with a newsroom's first page: what lies ahead, stories of the house, what there is to see."""
    every = archive.of_sender(archive.public(portal_id), organization_id, has_joint=has_joint)
    return [
        *(
            part.filter(occasion__ends_at__gte=now).order_by("occasion__starts_at", "id")[:NEWSROOM_AHEAD]
            for part in every
        ),
        every[0].filter(kind=archive.LIFE)[:LIFE],
        *(part[:PICTURES] for part in archive.showing(every, Shows.PICTURES)),
        *(part[:VIDEOS] for part in archive.showing(every, Shows.VIDEOS)),
    ]


PICTURES, VIDEOS, NEWSROOM_AHEAD, LIFE = 12, 4, 4, 6  # how many of each a newsroom shows


def quotations(organization_id: int, language: str) -> list[Quotation]:
    """What was said lately in an organization's entries, as `said` chooses."""
    return said(prepared.rows(_quotations, organization_id=organization_id), language, most=QUOTES)


def _quotations(*, organization_id: int) -> QuerySet[Quotation]:
    of = ("entry__current", "version")
    long = [f"{one}__{name}" for one in of for name in ("body_html", "body_text")]
    return archive.quotations(organization_id).defer(*long)[: QUOTES * TEXTS]


QUOTES, TEXTS = 4, 4  # quotes shown; a text in four languages keeps each four times


def said(rows: Iterable[Quotation], language: str, *, most: int) -> list[Quotation]:
    """Quotes, each once: in this language where its text was published in it, else as it was said first."""
    by_place: dict[tuple[int, int], Quotation] = {}
    for row in rows:
        place = (row.entry_id, row.position)
        original = row.entry.current.language if row.entry.current is not None else ""
        if place not in by_place or row.language == language or by_place[place].language not in (language, original):
            by_place[place] = row
    return list(by_place.values())[:most]
