"""What published releases lead to, and what of it is gone."""

from django.db.models import Q, QuerySet

from loa.accounts.models import Person
from loa.lib.looks import GONE, NIGHTS, NIGHTS_OF_SILENCE
from loa.organizations.models import Organization
from loa.releases.models import PublicLink
from loa.releases.queries.releases import of_organization
from loa.releases.states import State


def public_links(portal_id: int) -> QuerySet[PublicLink]:
    """What the published releases of a portal lead to, what was found first standing first."""
    rows = PublicLink.objects.select_related("release__organization", "release__entry")
    return rows.filter(release__organization__portal_id=portal_id).order_by("since", "pk")


def dead(links: QuerySet[PublicLink]) -> QuerySet[PublicLink]:
    """Those of these links behind which nothing is any more, save those that are left so on purpose."""
    is_gone = Q(answer__in=GONE, nights__gte=NIGHTS)
    is_silent = Q(answer="silent", nights__gte=NIGHTS_OF_SILENCE)
    return links.filter(is_gone | is_silent, is_left=False)


def moved(links: QuerySet[PublicLink]) -> QuerySet[PublicLink]:
    """Those of these links that lead elsewhere now, save those that are left so on purpose."""
    return links.filter(answer="moved", nights__gte=NIGHTS, is_left=False)


def links_for(person: Person, organization: Organization) -> QuerySet[PublicLink]:
    """What the published releases of an organization lead to, of those this person may correct."""
    mine = of_organization(person, organization).filter(state=State.PUBLISHED)
    return public_links(organization.portal_id).filter(release__in=mine.order_by().values("pk"))
