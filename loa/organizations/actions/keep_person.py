"""Keep a person: somebody of the organization who may be quoted, and whether they agreed to be shown."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.edge.actions.purge import purge
from loa.lib import clock, slugs, vietnamese
from loa.media.actions.let_out import let_out
from loa.media.actions.take_back import take_back
from loa.media.actions.take_in import take_in
from loa.organizations import queries
from loa.organizations.errors import NotMember, Suspended
from loa.organizations.models import Organization, Spokesperson

TEXTS = ("name", "role", "role_en", "bio", "bio_en", "consent_note")


def keep_person(
    member: Person,
    organization: Organization,
    *,
    public_id: str = "",
    said: dict[str, str],
    has_agreed: bool,
    has_left: bool = False,
    portrait: bytes | None = None,
) -> Spokesperson:
    """Adds a person, or changes the one with this id; `said` holds the words by field.

    Their page is shown while `has_agreed`. The address made of their name stays when the name is corrected.
    Raises NotMember (also where the person is of another organization), Suspended, NotAPicture, StorageFull.
    """
    if not queries.is_member(member, organization):
        raise NotMember
    if queries.is_suspended(organization):
        raise Suspended
    # Decoding is slow; it happens before the transaction.
    owner_key = f"organization:{organization.pk}"
    picture = take_in(portrait, owner_key=owner_key) if portrait else None
    with transaction.atomic():
        # Two colleagues adding the same name at once would ask for the same address.
        Organization.objects.select_for_update().get(pk=organization.pk)
        kept = _kept(organization, public_id, said["name"])
        for name in TEXTS:
            setattr(kept, name, vietnamese.kept(said.get(name, "").strip()))
        now = clock.now()
        kept.consent_at = (kept.consent_at or now) if has_agreed else None
        kept.left_at = (kept.left_at or now) if has_left else None
        if picture is not None:
            kept.portrait = picture.get_absolute_url()
        kept.save()
        take_back(key=f"person:{kept.public_id}")  # an older portrait too
        if has_agreed:
            let_out([kept.portrait], key=f"person:{kept.public_id}", owner_key=owner_key)
        detail = {"has_agreed": has_agreed, "has_left": has_left}
        record(actor(member), act="keep_person", subject=f"person:{kept.public_id}", detail=detail)
        purge([f"org:{organization.pk}"])
    return kept


def _kept(organization: Organization, public_id: str, name: str) -> Spokesperson:
    if public_id:
        found = organization.people.filter(public_id=public_id).first()
        if found is None:
            raise NotMember
        return found
    return Spokesperson(
        organization=organization, slug=free_slug(organization, name), position=last_position(organization)
    )


def free_slug(organization: Organization, name: str) -> str:
    """An address for a person that nobody of the organization has."""
    taken = set(organization.people.values_list("slug", flat=True))
    base = slugs.slugify(name)
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)


def last_position(organization: Organization) -> int:
    """The place behind everybody else."""
    return min(organization.people.count(), 32_000)
