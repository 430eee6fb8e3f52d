"""How the portal is at this moment, in figures; the operator's page and what watches the machine read the same."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count

from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.archive.models import Entry, Notice
from loa.archive.models import State as EntryState
from loa.billing.queries import books, invoices
from loa.custody.models import Backup
from loa.desk.actions.write_pages import mark
from loa.lib import clock
from loa.mail import queries as mail
from loa.moderation import queries as moderation
from loa.organizations.models import Organization
from loa.plans import queries as plans
from loa.portals.models import Portal, StaticPage
from loa.privacy import queries as privacy
from loa.releases import queries as releases
from loa.search import queries as search
from loa.wire import queries as wire

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Machine:
    """What the portals of one installation share; sizes in bytes, moments in UTC."""

    is_worker_there: bool
    lags: list[wire.Lag]
    lanes: list[mail.Standing]
    failing_domains: int
    is_search_there: bool
    is_search_damaged: bool
    search_checked_at: datetime | None
    free: int
    size: int
    backup: Backup | None


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for people at one portal; `first…` is the moment of the oldest, in UTC. Money in smallest units."""

    waiting: int
    first_waiting: datetime | None
    reports: int
    report_due: datetime | None
    transfers: int
    billed: dict[str, int]
    data: privacy.Standing


@dataclass(frozen=True, kw_only=True)
class Desk(Queue):
    """The same, with what happened lately."""

    published: int
    withdrawn: int
    people: int
    organizations: int
    terms: int
    offers: int
    links: int
    dead_links: int
    releases_with_dead_links: int


def machine() -> Machine:
    """How the machine is."""
    room = shutil.disk_usage(settings.LOA_HOME)
    checked = search.checked_at()
    return Machine(
        is_worker_there=wire.is_alive(), lags=wire.lags(), lanes=mail.lanes(), failing_domains=mail.failing().count(),
        is_search_there=search.engine().exists(), is_search_damaged=search.is_marked_damaged(),
        search_checked_at=datetime.fromtimestamp(checked, UTC) if checked else None, free=room.free, size=room.total,
        backup=Backup.objects.exclude(made_at=None).order_by("-made_at").first(),
    )  # fmt: skip


def queue(portal: Portal) -> Queue:
    """What waits at a portal; billed is what was in this month of the portal's zone."""
    now = clock.now().astimezone(ZoneInfo(portal.time_zone))
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    waiting, reports = releases.waiting(portal.pk), moderation.reports(portal.pk)
    return Queue(
        waiting=waiting.count(), first_waiting=waiting.values_list("submitted_at", flat=True).first(),
        reports=reports.count(), report_due=reports.values_list("due_at", flat=True).first(),
        transfers=books.unmatched(portal).count(), billed=invoices.billed(portal, month),
        data=privacy.standing(portal),
    )  # fmt: skip


def desk(portal: Portal) -> Desk:
    """How the desk of a portal is; "lately" is the last seven days."""
    now = clock.now()
    withdrawn = Notice.objects.filter(kind=Notice.Kind.WITHDRAWN, at__gte=now - LATELY, entry__portal=portal)
    links = releases.public_links(portal.pk)
    dead = releases.dead(links)
    return Desk(
        **vars(queue(portal)),
        published=archive.public(portal.pk).filter(published_at__gte=now - LATELY).count(),
        withdrawn=withdrawn.count(), people=Person.objects.filter(joined_at__gte=now - LATELY).count(),
        organizations=Organization.objects.filter(portal=portal, created_at__gte=now - LATELY).count(),
        terms=plans.running_terms(portal.pk).count(), offers=plans.open_requests(portal.pk).count(),
        links=links.count(), dead_links=dead.count(),
        releases_with_dead_links=dead.order_by().values("release").distinct().count(),
    )  # fmt: skip


def entries(portal: Portal) -> dict[str, int]:
    """How many entries stand on the record of a portal, by state."""
    counts = dict(Entry.objects.filter(portal=portal).order_by().values_list("state").annotate(Count("pk")))
    return {state.value: counts.get(state.value, 0) for state in EntryState}


def unreviewed() -> list[StaticPage]:
    """Pages of any portal on which the mark of a starting text still stands."""
    return [page for page in StaticPage.objects.order_by("slug", "language") if mark(page.language) in page.body_html]
