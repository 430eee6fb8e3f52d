"""Enter: note an organization that comes with its archive; it belongs to nobody's account yet."""

from django.db import transaction
from django.db.models import Q

from loa.audit.actions.record import Actor, record
from loa.lib import clock, html, vietnamese
from loa.organizations.actions.compare import compare
from loa.organizations.actions.found import free_slug
from loa.organizations.models import Organization
from loa.portals.models import Portal


def enter(actor: Actor, *, portal: Portal, name: str, website: str = "") -> Organization:
    """The organization of this name, or of this slug, on the portal; one that is not there is made.

    Whoever runs the portal brings it in, so readers may see its page at once.
    """
    name = vietnamese.kept(name.strip())
    with transaction.atomic():
        found = Organization.objects.filter(Q(name=name) | Q(slug=name), portal=portal).order_by("pk").first()
        if found is not None:
            return found
        organization = Organization.objects.create(
            portal=portal, slug=free_slug(portal, name), name=name,
            website=website if html.is_web_address(website) else "", approved_at=clock.now(),
        )  # fmt: skip
        compare(organization)
        record(actor, act="enter", subject=f"organization:{organization.pk}")
        return organization
