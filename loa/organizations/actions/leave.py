"""Leave: a member goes; the last owner hands on or closes first."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.organizations import queries
from loa.organizations.actions.remove_member import part_with
from loa.organizations.errors import NotMember
from loa.organizations.models import Membership, Organization


def leave(person: Person, organization: Organization) -> None:
    """What they wrote stays the organization's. Raises NotMember, LastOwner."""
    with transaction.atomic():
        queries.locked(organization)
        row = Membership.objects.select_related("person").filter(person=person, organization=organization).first()
        if row is None:
            raise NotMember
        part_with(row)
        record(actor(person), act="leave", subject=f"organization:{organization.pk}")
