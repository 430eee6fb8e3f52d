"""Describe: change what an organization says about itself.

Its name is not among it: a sender that a moderator let out could otherwise become another one.
"""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.edge.actions.purge import purge
from loa.lib import vietnamese
from loa.media.actions.take_in import take_in
from loa.organizations import queries
from loa.organizations.actions.compare import compare
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization
from loa.places.models import Place


def describe(
    person: Person,
    organization: Organization,
    *,
    website: str,
    profile: str,
    profile_en: str = "",
    city: Place | None = None,
    logo: bytes | None = None,
    press_contacts: list[dict[str, str]] | None = None,
) -> None:
    """Keeps the words; logo and press contacts where they are sent.

    Raises NotOwner, Suspended, NotAPicture, StorageFull.
    """
    if not queries.is_owner(person, organization):
        raise NotOwner
    if queries.is_suspended(organization):
        raise Suspended
    # Decoding is slow; it happens before the transaction.
    key = f"organization:{organization.pk}"
    picture = take_in(logo, owner_key=key, public_for=key) if logo else None
    with transaction.atomic():
        kept = Organization.objects.select_for_update().get(pk=organization.pk)
        has_moved = kept.website != website
        kept.website = website
        kept.profile = vietnamese.kept(profile)
        kept.profile_en = vietnamese.kept(profile_en)
        kept.city = city
        if press_contacts is not None:
            kept.press_contacts = press_contacts
        if picture is not None:
            kept.logo = picture.get_absolute_url()
        kept.save()
        if has_moved:
            compare(kept)
        record(actor(person), act="describe", subject=f"organization:{organization.pk}")
        purge([f"org:{organization.pk}", "front"])
