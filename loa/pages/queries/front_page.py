"""What the front page shows, in one read."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from loa.archive import queries as archive
from loa.archive.models import Entry, Occasion
from loa.lib import clock, prepared
from loa.organizations import queries as organizations_let_out
from loa.organizations.models import Kind, Organization
from loa.pages.queries import figures, lists
from loa.portals.models import Portal
from loa.portals.queries import counted_ahead, kept_a_minute
from loa.stats import queries as stats
from loa.topics import queries as topics
from loa.topics.models import Section


def front(portal: Portal, language: str) -> dict[str, Any]:
    """The home page: lead story, newest, releases of businesses, newest per section, what lies ahead, most read."""
    now = clock.now()
    sections = list(topics.sections(portal))
    read_most, as_of = kept_a_minute(figures.MOST_READ_KEY, portal, lambda: most_read(portal))
    goes_on, _ = counted_ahead(figures.GOES_ON_KEY, portal) or (None, now)
    known = [*read_most, *(goes_on or ())]
    chosen = _chosen(portal, now, [one.pk for one in sections], is_going_on_known=goes_on is not None)
    entries = lists.by_key(portal, {*chosen, *known}, language)
    entries = [one for one in entries if one.pk in chosen or _is_news(one, portal)]
    archive.told_apart(entries, portal)
    by_pk, newest = {one.pk: one for one in entries}, entries[:24]
    ours = [one for one in newest if not one.is_elsewhere]
    lead = next((one for one in entries if one.public_id == portal.pinned), None) or _with_picture(ours or newest)
    rest = [entry for entry in newest if entry is not lead]
    of_businesses = [entry for entry in rest if entry.kind != "sourced"]
    if lead is not None and not lead.is_elsewhere:
        headings = {one.pk: one for one in sections}
        if lead.section_id in headings:  # else made a moment ago: read by itself
            lead.section = headings[lead.section_id]
    return {
        "lead": lead,
        "newest": rest[:6],
        "releases": [entry for entry in rest[6:] if entry.kind != "sourced"][:4] or of_businesses[:4],
        "by_section": _by_section(entries, sections),
        "ahead": _ahead(entries, now),
        "most_read": [by_pk[pk] for pk in read_most if pk in by_pk],
        "as_of": as_of,
        "newcomers": newcomers(portal, now),
    }


def _chosen(portal: Portal, now: datetime, sections: list[int], *, is_going_on_known: bool) -> set[int]:
    """Which entries the front page shows; those that were counted ahead come to them by their keys."""
    values = {"portal_id": portal.pk, "now": now, "pinned": portal.pinned, "sections": sections}
    return lists.keys(_fronted, **values, is_going_on_known=is_going_on_known)


def _fronted(
    *, portal_id: int, now: datetime, pinned: str, sections: list[int], is_going_on_known: bool
) -> list[QuerySet[Any]]:
    public = archive.news(portal_id)
    newest = [public[:24], archive.listed(portal_id)[:24], public.filter(public_id=pinned)]
    under_way = [] if is_going_on_known else [_going_on(portal_id=portal_id, now=now)]
    of_sections = (public.filter(section=one)[:4] for one in sections)
    return [*newest, archive.ahead(portal_id, now)[:AHEAD], *under_way, *of_sections]


def _is_news(entry: Entry, portal: Portal) -> bool:
    return entry.portal_id == portal.pk and entry.kind != archive.LIFE


AHEAD, MOST_READ, NEWCOMERS = 4, 5, 6  # how many of each the front page shows


NEW_DAYS, READ_DAYS = 60, 7


def _with_picture(newest: list[Entry]) -> Entry | None:
    return next((e for e in newest if e.current and e.current.pictures), newest[0] if newest else None)


def _by_section(entries: list[Entry], sections: list[Section]) -> dict[str, list[Entry]]:
    """The newest of each section, by its slug."""
    found: dict[int | None, list[Entry]] = {one.pk: [] for one in sections}
    for entry in entries:
        found.setdefault(entry.section_id, []).append(entry)
    return {one.slug: found[one.pk][:4] for one in sections}


def _ahead(entries: list[Entry], now: datetime) -> list[Entry]:
    beside = ((entry, entry._state.fields_cache.get("occasion")) for entry in entries)  # joined to each row
    dated = [entry for entry, occasion in beside if occasion is not None and occasion.ends_at >= now]
    return sorted(dated, key=lambda entry: (entry.occasion.starts_at, entry.pk))[:AHEAD]


def most_read(portal: Portal) -> list[int]:
    """The entries read most in seven days, today with it."""
    today = clock.now().astimezone(ZoneInfo(portal.time_zone)).date()
    days = [today - timedelta(days=back) for back in range(READ_DAYS)]
    return stats.most_read(portal.pk, days=days, limit=MOST_READ)


def going_on(portal: Portal) -> list[int]:
    """The entries of events that have begun and are still to end; finding them takes a look at all to come.

    As it will be in a minute, for which it is kept: one that begins meanwhile is missed by nobody.
    """
    soon = clock.now() + timedelta(minutes=1)
    return list(_going_on(portal_id=portal.pk, now=soon).values_list("entry_id", flat=True))


def _going_on(*, portal_id: int, now: datetime) -> QuerySet[Occasion]:
    return archive.under_way(archive.occasions(portal_id), now).order_by("begins", "entry_id")[:AHEAD]


def newcomers(portal: Portal, now: datetime) -> list[Organization]:
    """Who came to the portal lately, the last one first."""
    return prepared.rows(_newcomers, portal_id=portal.pk, since=now - timedelta(days=NEW_DAYS))


def _newcomers(*, portal_id: int, since: datetime) -> QuerySet[Organization]:
    rows = organizations_let_out.public(portal_id).filter(approved_at__gte=since, suspended_at=None)
    rows = rows.exclude(kind=Kind.PORTAL_DESK).select_related("city")
    short = rows.only("name", "name_en", "slug", "logo", "kind", "city__name", "city__name_en")
    return short.order_by("-approved_at", "-pk")[:NEWCOMERS]
