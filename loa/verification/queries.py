"""Reads of evidence."""

from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.lib import domains, tokens
from loa.organizations.models import Organization, Role
from loa.verification.models import Proof, Way


def is_taken(organization: Organization, domain: str) -> bool:
    """Whether another organization of the portal has proven a domain, be it its first or a further one."""
    others = rivals(organization, domain).exclude(organization=organization)
    return bool(domain) and others.exclude(proven_at=None).exists()


def rivals(organization: Organization, domain: str) -> QuerySet[Proof]:
    """What was begun or proven for a domain on the portal, by whomever."""
    return Proof.objects.filter(organization__portal=organization.portal_id, domain=domain, ended_at=None)


def standing(organization: Organization) -> QuerySet[Proof]:
    """What was begun or proven and has not ended."""
    return Proof.objects.filter(organization=organization, ended_at=None, is_claim=False).order_by("begun_at", "pk")


def claims(person: Person, organization: Organization) -> QuerySet[Proof]:
    """What a person began to prove of an organization that nobody owns."""
    rows = Proof.objects.select_related("organization__portal")
    return rows.filter(organization=organization, begun_by=person, is_claim=True, ended_at=None)


def site_of(organization: Organization) -> str:
    """The registered domain of its website, in ASCII; empty where it has none."""
    return domains.registered_or_none(organization.website) or ""


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
