"""The entries of a portal: all of them, what readers can read, and what its lists hold."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.lookups import Exact

from loa.archive.models import Entry, Shows, State
from loa.lib import prepared

LIFE = "life"  # a kind that is no release
OF_ONE = ("current", "organization", "section", "place")
SHOWN_WITH = (*OF_ONE, "portal")


def one(portal_id: int, public_id: str) -> QuerySet[Entry]:
    """An entry by the id in its address, withdrawn or not, for whoever has its portal in hand."""
    return Entry.objects.select_related(*OF_ONE).filter(portal_id=portal_id, public_id=public_id)


def everything(portal_id: int) -> QuerySet[Entry]:
    """All entries of a portal, withdrawn ones too, with what a page shows joined in."""
    return Entry.objects.select_related(*SHOWN_WITH).filter(portal_id=portal_id)


def among(portal_id: int, public_ids: Collection[str]) -> QuerySet[Entry]:
    """Those of these that are a portal's, withdrawn ones too, in no order.

    The sum is for SQLite, which has no figures of its tables: it would look for them among all that the portal has.
    """
    rows = Entry.objects.select_related(*SHOWN_WITH).filter(public_id__in=public_ids)
    return rows.filter(Exact(F("portal_id") + Value(0), portal_id))


def public(portal_id: int) -> QuerySet[Entry]:
    """What readers can read now, newest first."""
    return everything(portal_id).filter(state=State.PUBLISHED).order_by("-published_at", "-id")


def news(portal_id: int) -> QuerySet[Entry]:
    """What lists hold, newest first: all but the stories of a house's life, which stand on its own page."""
    return public(portal_id).exclude(kind=LIFE)


def news_among(portal_id: int, public_ids: Collection[str]) -> QuerySet[Entry]:
    """Those of these that the portal's own lists hold, in no order."""
    return among(portal_id, public_ids).filter(state=State.PUBLISHED).exclude(kind=LIFE)


def oldest(portal_id: int) -> datetime | None:
    """When the oldest of what lists hold was published."""
    return next((at for (at,) in prepared.tuples(_oldest, portal_id=portal_id)), None)


def _oldest(*, portal_id: int) -> QuerySet[Entry, Any]:
    return news(portal_id).order_by("published_at", "pk").values_list("published_at")[:1]


def by_public_id(portal_id: int, public_id: str) -> Entry | None:
    """One entry of a portal by the id in its address, withdrawn or not."""
    return everything(portal_id).filter(public_id=public_id).first()


def known_keys(keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Those of the writing side's keys that the record has, each with its organization and headline."""
    rows = Entry.objects.filter(release_key__in=list(keys))
    return {
        key: (who, said) for key, who, said in rows.values_list("release_key", "organization_id", "current__headline")
    }


def showing(parts: Iterable[QuerySet[Entry]], *what: Shows) -> list[QuerySet[Entry]]:
    """Those of the lists with pictures, or with videos, as lists of one kind each."""
    return [part.filter(shows=one) for part in parts for one in (*what, Shows.BOTH)]
