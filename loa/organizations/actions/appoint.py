"""Appoint: the operator gives an organization that nobody owns to somebody."""

from django.db import transaction

from loa.accounts.models import Person
from loa.audit.actions.record import Actor, record
from loa.organizations import emails, queries
from loa.organizations.errors import NotMember
from loa.organizations.models import Membership, Organization, Role


def appoint(actor: Actor, organization: Organization, *, email: str) -> Membership:
    """An account with this address; who belongs to it already becomes an owner. Raises NotMember without one."""
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise NotMember
    with transaction.atomic():
        row, _ = Membership.objects.update_or_create(
            organization=organization, person=person, defaults={"role": Role.OWNER}
        )
        detail = {"person": person.pk}
        record(actor, act="appoint", subject=f"organization:{organization.pk}", detail=detail)
        emails.tell_change(organization, queries.owners(organization), change="appoint", whom=str(person))
    return row
