"""Set a role: an owner says whether a member also approves what is sent, or only writes."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.organizations import queries
from loa.organizations.errors import NotMember, NotOwner, Suspended
from loa.organizations.models import Membership, Organization, Role

MAY_BE_SET = (Role.WRITER, Role.APPROVER)


def set_role(person: Person, organization: Organization, member: int, *, role: str) -> None:
    """Writer or approver; who owns the account is handed on otherwise. Raises NotOwner, NotMember, Suspended."""
    if not queries.is_owner(person, organization):
        raise NotOwner
    if queries.is_suspended(organization):
        raise Suspended
    with transaction.atomic():
        rows = Membership.objects.filter(pk=member, organization=organization, role__in=MAY_BE_SET)
        if role not in MAY_BE_SET or not rows.update(role=role):
            raise NotMember
        detail = {"member": member, "role": role}
        record(actor(person), act="set_role", subject=f"organization:{organization.pk}", detail=detail)
