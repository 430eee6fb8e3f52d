"""What sister portals publish and this one lists too."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from loa.archive.models import CrossListing, Entry, State
from loa.archive.queries.entries import SHOWN_WITH, public
from loa.portals.models import Portal

EVERY = Q()


def listed(portal_id: int, of: Q = EVERY) -> QuerySet[Entry]:
    """What sisters publish and this portal lists too, newest first; a list of its own, to be read beside `news`.

    `of` chooses among the listings, so that a database reads along these few and not along an index of entries.
    """
    here = CrossListing.objects.filter(of, portal_id=portal_id, state=CrossListing.State.LISTED)
    rows = Entry.objects.select_related(*SHOWN_WITH).filter(pk__in=here.values("entry"), state=State.PUBLISHED)
    return rows.order_by("-published_at", "-id")


def found_at(portal_id: int, public_ids: Collection[str]) -> QuerySet[Entry]:
    """Those of these that the portal's lists lead to, its own and its sisters'."""
    rows = listed(portal_id) | public(portal_id)
    return rows.filter(public_id__in=public_ids)


def told_apart(entries: Iterable[Entry], portal: Portal) -> None:
    """Marks those of another portal, so that every link to them leads there."""
    for entry in entries:
        entry.is_elsewhere = entry.portal_id != portal.pk


def cross_listings(portal_id: int) -> QuerySet[CrossListing]:
    """What sisters' organizations ask a portal to list, or it lists: the oldest wish first."""
    live = (CrossListing.State.ASKED, CrossListing.State.LISTED)
    rows = CrossListing.objects.filter(portal_id=portal_id, state__in=live, entry__state=State.PUBLISHED)
    return rows.select_related("entry__current", "entry__organization", "entry__portal", "section").order_by("pk")
