"""Reads of evidence."""

from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.lib import tokens
from loa.organizations.models import Organization, Role
from loa.verification.models import Proof, Way


def is_taken(organization: Organization, domain: str) -> bool:
    """Whether another organization of the portal has proven a domain."""
    others = Organization.objects.filter(portal_id=organization.portal_id, domain=domain)
    return bool(domain) and others.exclude(pk=organization.pk).exists()


def standing(organization: Organization) -> QuerySet[Proof]:
    """What was begun or proven and has not ended."""
    return Proof.objects.filter(organization=organization, ended_at=None).order_by("begun_at", "pk")


def lapsed(organization: Organization) -> QuerySet[Proof]:
    """What was seen no more, the latest first."""
    return Proof.objects.filter(organization=organization, is_lapsed=True).order_by("-ended_at")


def get_for_owner(person: Person, organization: Organization, public_id: str) -> Proof | None:
    """A standing proof of an organization this person owns."""
    owned = organization.memberships.filter(person=person, role=Role.OWNER)
    rows = standing(organization).select_related("organization__portal").filter(public_id=public_id)
    return rows.first() if owned.exists() else None


def mailed(token: str) -> Proof | None:
    """The mailbox a mailed link stands for."""
    rows = Proof.objects.select_related("organization__portal").filter(way=Way.MAILBOX, ended_at=None)
    return rows.filter(token=tokens.digest(token.encode())).first()
