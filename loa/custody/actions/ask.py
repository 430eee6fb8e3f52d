"""Ask: an owner wants everything of their organization as one file."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.custody.errors import NotOwner
from loa.custody.models import Parcel
from loa.organizations import queries as organizations
from loa.organizations.models import Organization


def ask(person: Person, organization: Organization) -> Parcel:
    """The parcel that the worker packs; one that is being packed is the same one. Raises NotOwner."""
    with transaction.atomic():
        Organization.objects.select_for_update().get(pk=organization.pk)
        if not organizations.is_owner(person, organization):
            raise NotOwner
        waiting = Parcel.objects.filter(organization=organization, packed_at=None, failed_at=None).first()
        if waiting is not None:
            return waiting
        parcel = Parcel.objects.create(organization=organization, asked_by=person)
        record(actor(person), act="ask_parcel", subject=f"organization:{organization.pk}")
        return parcel
