"""Reads of organizations; permission stands in the query."""

from collections.abc import Iterable

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from loa.accounts.models import Person
from loa.lib import prepared
from loa.lib.slugs import slugify
from loa.organizations.models import (
    Invitation,
    Likeness,
    Mandate,
    Membership,
    Organization,
    ProtectedName,
    Role,
    Spokesperson,
)


def of_person(person: Person) -> QuerySet[Organization]:
    """The organizations a person belongs to."""
    return Organization.objects.filter(memberships__person=person).order_by("name")


def get_for_member(person: Person, slug: str, *, portal_id: int) -> Organization | None:
    """An organization of this person's, or None for “is not” and “not for you” alike."""
    return Organization.objects.filter(memberships__person=person, slug=slug, portal_id=portal_id).first()


def is_owner(person: Person, organization: Organization) -> bool:
    """Whether a person owns an organization's account."""
    return Membership.objects.filter(person=person, organization=organization, role=Role.OWNER).exists()


def may_approve(person: Person, organization: Organization) -> bool:
    """Whether a person's role lets them approve what their organization sends."""
    roles = (Role.OWNER, Role.APPROVER)
    return Membership.objects.filter(person=person, organization=organization, role__in=roles).exists()


def approvers(organization: Organization) -> QuerySet[Person]:
    """The members whose role lets them approve."""
    roles = (Role.OWNER, Role.APPROVER)
    return Person.objects.filter(memberships__organization=organization, memberships__role__in=roles).order_by("name")


def locked(*organizations: Organization) -> list[Organization]:
    """Organizations as they stand, in the order given; nobody else changes them until the transaction ends.

    Everybody locks the lower number before the higher, and whatever belongs to an organization after it.
    """
    rows = Organization.objects.select_for_update(of=("self",)).select_related("portal").order_by("pk")
    found = rows.in_bulk([organization.pk for organization in organizations])
    return [found[organization.pk] for organization in organizations]


def is_member(person: Person, organization: Organization) -> bool:
    """Whether a person belongs to an organization."""
    return Membership.objects.filter(person=person, organization=organization).exists()


def is_suspended(organization: Organization) -> bool:
    """Whether the organization may not act now (suspended, or closed), asked afresh."""
    stopped = Q(suspended_at__isnull=False) | Q(closed_at__isnull=False)
    return Organization.objects.filter(stopped, pk=organization.pk).exists()


def owners(organization: Organization) -> QuerySet[Person]:
    """Who owns an organization's account."""
    rows = Person.objects.filter(memberships__organization=organization, memberships__role=Role.OWNER)
    return rows.order_by("memberships__joined_at")


def is_ownerless(organization: Organization) -> bool:
    """Whether nobody owns it: it came with an archive, or its last owner's account is gone."""
    return not Membership.objects.filter(organization=organization, role=Role.OWNER).exists()


def merged_from(portal_id: int, slug: str) -> Organization | None:
    """The organization that one of this slug was merged into."""
    row = Organization.objects.select_related("merged_into").filter(portal_id=portal_id, slug=slug).first()
    return row.merged_into if row else None


def members(organization: Organization) -> QuerySet[Membership]:
    """Who belongs to an organization."""
    return organization.memberships.select_related("person").order_by("joined_at")


def invitation(digest: str) -> Invitation | None:
    """An unused invitation by the digest of its token."""
    return Invitation.objects.select_related("organization").filter(token_digest=digest, used_at=None).first()


def public(portal_id: int) -> QuerySet[Organization]:
    """The organizations readers may see in the list: those that were let out once."""
    return Organization.objects.filter(portal_id=portal_id, merged_into=None).exclude(approved_at=None)


def by_slug(portal_id: int, slug: str) -> Organization | None:
    """A newsroom's organization."""
    return next(iter(prepared.rows(_by_slug, portal_id=portal_id, slug=slug)), None)


def _by_slug(*, portal_id: int, slug: str) -> QuerySet[Organization]:
    return public(portal_id).filter(slug=slug)


def newsroom(portal_id: int, slug: str) -> tuple[Organization | None, list[Spokesperson]]:
    """A newsroom's organization, with its city, and the people shown there; one read."""
    found = prepared.rows(_newsroom, portal_id=portal_id, slug=slug)
    # Django sets the attribute only where the join found a row.
    people = [row.shown for row in found if getattr(row, "shown", None) is not None]  # type: ignore[attr-defined]
    return (found[0] if found else None), people


def _newsroom(*, portal_id: int, slug: str) -> QuerySet[Organization]:
    is_shown = Q(people__left_at__isnull=True, people__consent_at__isnull=False)
    rows = public(portal_id).filter(slug=slug).annotate(shown=FilteredRelation("people", condition=is_shown))
    joined: tuple[str, ...] = ("city", "shown")
    return rows.select_related(*joined).order_by("shown__position", "shown__pk")


def speakers(organization: Organization) -> QuerySet[Spokesperson]:
    """Who can be quoted for an organization now."""
    return organization.people.filter(left_at=None)


def shown_person(portal_id: int, slug: str, person_slug: str) -> Spokesperson | None:
    """A person's public page: of an organization that was let out, of somebody who agreed; also when they have left."""
    rows = Spokesperson.objects.select_related("organization").exclude(consent_at=None)
    return rows.filter(organization__in=public(portal_id).filter(slug=slug), slug=person_slug).first()


def people_with_pages(portal_id: int, most: int = 20_000) -> QuerySet[Spokesperson]:
    """Everyone who has a public page, with their organization."""
    rows = Spokesperson.objects.select_related("organization").exclude(consent_at=None)
    return rows.filter(organization__in=public(portal_id)).order_by("pk")[:most]


def people_by_key(public_ids: Iterable[str]) -> dict[str, Spokesperson]:
    """People by the ids that a release's quotes name."""
    wanted = {*public_ids} - {""}
    rows = Spokesperson.objects.filter(public_id__in=wanted) if wanted else ()
    return {person.public_id: person for person in rows}


def named_like(portal_id: int, words: str) -> QuerySet[Organization]:
    """Organizations that were let out whose address holds the words, typed with or without marks, by name."""
    return public(portal_id).filter(slug__contains=slugify(words), suspended_at=None).order_by("name")


def mandates() -> QuerySet[Mandate]:
    """Those in force: both sides agreed, none ended it, and the agency is one and not suspended."""
    agreed = Mandate.objects.filter(ended_at=None, client_agreed_at__isnull=False, agency_agreed_at__isnull=False)
    return agreed.filter(agency__is_agency=True, agency__suspended_at=None)


def open_mandates(organization: Organization) -> QuerySet[Mandate]:
    """What an organization has with agencies or, as one, with clients; what waits for an answer too."""
    rows = Mandate.objects.filter(Q(client=organization) | Q(agency=organization), ended_at=None)
    return rows.select_related("client", "agency").order_by("asked_at")


def agency_for(person: Person, client: Organization) -> Organization | None:
    """The agency of this person's that may write for a client now."""
    rows = mandates().filter(client=client, agency__memberships__person=person).select_related("agency")
    found = rows.order_by("asked_at").first()
    return found.agency if found else None


def is_mandated(agency: Organization, client: Organization) -> bool:
    """Whether an agency may write for a client now."""
    return mandates().filter(agency=agency, client=client).exists()


def clients_of(person: Person) -> QuerySet[Organization]:
    """The organizations a person's agencies write for."""
    rows = mandates().filter(agency__memberships__person=person)
    return Organization.objects.filter(pk__in=rows.values("client")).order_by("name")


def get_for_writer(person: Person, slug: str, *, portal_id: int) -> Organization | None:
    """An organization of this person's, or a client of their agency's; None for “is not” and “not for you” alike."""
    mine = Q(memberships__person=person) | Q(pk__in=clients_of(person).values("pk"))
    return Organization.objects.filter(mine, slug=slug, portal_id=portal_id).distinct().first()


def likenesses(organization: Organization) -> QuerySet[Likeness]:
    """Whom an organization looks like, what nobody has cleared first."""
    rows = Likeness.objects.filter(organization=organization).select_related("other", "protected", "cleared_by")
    return rows.order_by(F("cleared_at").asc(nulls_first=True), "found_at")


def is_held(organization: Organization) -> bool:
    """Whether its releases wait for a person because it looks like another."""
    return Likeness.objects.filter(organization=organization, cleared_at=None).exists()


def guarded(portal_id: int) -> QuerySet[ProtectedName]:
    """The names the operator guards."""
    return ProtectedName.objects.filter(portal_id=portal_id).order_by("name")


def owned_alone(person: Person) -> QuerySet[Organization]:
    """Open organizations that nobody else owns: they are handed on or closed before the person goes."""
    mine = Organization.objects.filter(memberships__person=person, memberships__role=Role.OWNER, closed_at=None)
    others = Membership.objects.filter(organization=OuterRef("pk"), role=Role.OWNER).exclude(person=person)
    return mine.exclude(Exists(others)).order_by("name")
