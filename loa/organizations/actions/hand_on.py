"""Hand on: an owner makes another member an owner, and stays one too or steps back."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.organizations import emails, queries
from loa.organizations.errors import NotMember, NotOwner, Suspended
from loa.organizations.models import Membership, Organization, Role


def hand_on(person: Person, organization: Organization, member: int, *, steps_back: bool = False) -> None:
    """Every owner hears of it by mail. Raises NotOwner, NotMember, Suspended."""
    with transaction.atomic():
        queries.locked(organization)
        if not queries.is_owner(person, organization):
            raise NotOwner
        if queries.is_suspended(organization):
            raise Suspended
        row = Membership.objects.select_related("person").filter(pk=member, organization=organization).first()
        if row is None or row.person_id == person.pk:
            raise NotMember
        before = list(queries.owners(organization))
        Membership.objects.filter(pk=row.pk).update(role=Role.OWNER)
        if steps_back:
            Membership.objects.filter(organization=organization, person=person).update(role=Role.WRITER)
        detail = {"to": row.person_id, "steps_back": steps_back}
        record(actor(person), act="hand_on", subject=f"organization:{organization.pk}", detail=detail)
        emails.tell_change(organization, [*before, row.person], change="hand_on", whom=str(row.person))
