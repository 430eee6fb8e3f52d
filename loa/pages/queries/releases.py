"""One release as its page shows it, and others near it."""

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import prepared
from loa.pages.queries import lists
from loa.portals.models import Portal
from loa.stats.models import DailyViews


def one(portal: Portal, public_id: str, language: str) -> Entry | None:
    """An entry with its translation (`shown`), and the views counted here (`counted`), in one read."""
    for found in prepared.rows(_one, portal_id=portal.pk, public_id=public_id, language=language):
        found.portal = portal
        return found
    return None


def _one(*, portal_id: int, public_id: str, language: str) -> QuerySet[Entry]:
    days = DailyViews.objects.filter(entry_id=OuterRef("pk")).order_by().values("entry_id")
    counted = Coalesce(Subquery(days.annotate(total=Sum("views")).values("total")), 0)
    return archive.with_texts(archive.one(portal_id, public_id), language).annotate(counted=counted)


def related(entry: Entry, language: str) -> list[Entry]:
    """Others of the same sender or section, the sender's first."""
    about = {"organization_id": entry.organization_id, "section_id": entry.section_id, "but": entry.pk}
    rows = lists.read(entry.portal, _near, portal_id=entry.portal_id, language=language, **about)
    return sorted(rows, key=lambda other: other.organization_id != entry.organization_id)[:4]


def _near(
    *, portal_id: int, language: str, organization_id: int, section_id: int | None, but: int
) -> QuerySet[Entry]:  # fmt: skip
    others = archive.news(portal_id).exclude(pk=but)
    near = lists.any_of(others.filter(organization=organization_id)[:4], others.filter(section=section_id)[:4])
    return lists.these(near, language, archive.as_cards)
