"""Found: begin an organization whose founder is its owner."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import slugs, vietnamese
from loa.organizations.actions.compare import compare
from loa.organizations.models import Membership, Organization, Role
from loa.places.models import Place
from loa.portals.models import Portal


def found(
    person: Person,
    *,
    portal: Portal,
    name: str,
    kind: str,
    name_en: str = "",
    website: str = "",
    profile: str = "",
    city: Place | None = None,
) -> Organization:
    """Makes the organization; a name already taken gets a numbered slug, never an error."""
    name = vietnamese.kept(name.strip())
    with transaction.atomic():
        organization = Organization.objects.create(
            portal=portal, slug=free_slug(portal, name), name=name, kind=kind,
            name_en=vietnamese.kept(name_en.strip()), website=website, profile=vietnamese.kept(profile), city=city,
        )  # fmt: skip
        compare(organization)
        Membership.objects.create(organization=organization, person=person, role=Role.OWNER)
        record(actor(person), act="found", subject=f"organization:{organization.pk}")
    return organization


def free_slug(portal: Portal, name: str) -> str:
    """The slug of a name, numbered when another organization of the portal has it."""
    wanted = slugs.slugify(name)
    taken = set(Organization.objects.filter(portal=portal, slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)
