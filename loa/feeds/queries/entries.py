"""Which entries a feed tells of: the newest ones of a list, and what was withdrawn of it lately."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.lib import clock, prepared
from loa.lib.unions import together
from loa.places.models import Place
from loa.portals.models import Portal, Takes

LONGEST: Final = 50  # of those published, and of those withdrawn
TOMBSTONES_FOR: Final = timedelta(days=30)


class Lists(NamedTuple):
    """What one list is made of: the portal's own entries in any state, and of its sisters' those it lists."""

    own: list[QuerySet[Entry]]
    listed: QuerySet[Entry] | None = None


Of = partial[Lists]
"""One of the functions below with its values, without the portal's."""


def keys(portal: Portal, of: Of, *, has_life: bool) -> list[int]:
    """The keys of entries the feed may tell of, in no order; with the stories of a house's life if it has them."""
    has_listed = portal.takes != Takes.NOTHING
    since = clock.now() - TOMBSTONES_FOR
    values = {"of": of.func, "portal_id": portal.pk, "has_life": has_life, "has_listed": has_listed, "since": since}
    return [pk for (pk,) in prepared.tuples(_keys, **values, **of.keywords)]


def _keys(
    *, of: Callable[..., Lists], portal_id: int, has_life: bool, has_listed: bool, since: datetime, **values: Any
) -> RawSQL:
    own, listed = of(portal_id=portal_id, **values)
    rows = own if has_life else [part.exclude(kind=archive.LIFE) for part in own]
    published = (part.filter(state=State.PUBLISHED).order_by("-published_at", "-id") for part in rows)
    withdrawn = (
        part.filter(state=State.WITHDRAWN, changed_at__gte=since).order_by("-changed_at", "-id") for part in rows
    )
    sisters = [listed] if has_listed and listed is not None else []
    return together(*(part[:LONGEST].values("pk") for part in (*published, *sisters, *withdrawn)))


def everything(*, portal_id: int) -> Lists:
    """All there is."""
    return Lists([archive.everything(portal_id)], archive.listed(portal_id))


def of_section(*, portal_id: int, section_id: int) -> Lists:
    """What stands under one of its headings; what sisters publish stands under the one it was listed under."""
    own = archive.everything(portal_id).filter(section=section_id)
    return Lists([own], archive.listed(portal_id, Q(section=section_id)))


def of_topics(*, portal_id: int, qcodes: list[str], is_wide: bool) -> Lists:
    """What is about any of these topics."""
    about = archive.about_topics(qcodes, is_wide=is_wide)
    return Lists([archive.everything(portal_id).filter(about)], archive.listed(portal_id).filter(about))


def about(place: Place, zone: str) -> Of:
    """What is about a place, on a portal in this zone."""
    return partial(_of_places, **archive.about_place(place, zone))


def _of_places(*, portal_id: int, **values: Any) -> Lists:
    return Lists(*archive.of_places(archive.everything(portal_id), portal_id, **values))


def of_sender(*, portal_id: int, organization_id: int, has_joint: bool) -> Lists:
    """What an organization published, its own and joint releases."""
    return Lists(archive.of_sender(archive.everything(portal_id), organization_id, has_joint=has_joint))


def among(public_ids: Iterable[str]) -> Of:
    """These, `LONGEST` at most; always as many for the database, so that all are one statement."""
    ids = list(public_ids)[:LONGEST]
    return partial(_among, public_ids=ids + [""] * (LONGEST - len(ids)))


def _among(*, portal_id: int, public_ids: list[str]) -> Lists:
    return Lists([archive.among(portal_id, public_ids)], archive.listed(portal_id).filter(public_id__in=public_ids))
