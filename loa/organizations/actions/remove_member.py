"""Remove a member: from this second they can do nothing for the organization."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations import emails, queries
from loa.organizations.errors import LastOwner, NotMember, NotOwner
from loa.organizations.models import Invitation, Membership, Organization, Role


def remove_member(person: Person, organization: Organization, member: int) -> None:
    """By an owner; a suspended organization too may show somebody the door. Invitations to their address end.

    What they wrote stays the organization's. Every owner hears of it by mail. Raises NotOwner, NotMember, LastOwner.
    """
    with transaction.atomic():
        queries.locked(organization)
        if not queries.is_owner(person, organization):
            raise NotOwner
        row = Membership.objects.select_related("person").filter(pk=member, organization=organization).first()
        if row is None:
            raise NotMember
        part_with(row)
        detail = {"person": row.person_id}
        record(actor(person), act="remove_member", subject=f"organization:{organization.pk}", detail=detail)
        emails.tell_change(organization, queries.owners(organization), change="remove_member", whom=str(row.person))


def part_with(row: Membership) -> None:
    """Ends a membership that was read under the organization's lock: two owners cannot leave at one moment.

    Raises LastOwner.
    """
    others = Membership.objects.filter(organization=row.organization_id, role=Role.OWNER).exclude(pk=row.pk)
    if row.role == Role.OWNER and not others.exists():
        raise LastOwner
    asked = Invitation.objects.filter(organization=row.organization_id, email=row.person.email, used_at=None)
    asked.update(used_at=clock.now())
    row.delete()
