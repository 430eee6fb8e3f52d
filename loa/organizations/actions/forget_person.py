"""Forgets a person: they leave every organization, and their account is emptied and shut."""

from django.db import transaction

from loa.accounts.actions.forget import forget
from loa.accounts.models import Person
from loa.organizations import queries
from loa.organizations.actions.remove_member import part_with
from loa.organizations.errors import LastOwner
from loa.organizations.models import Membership
from loa.portals.models import Portal


def forget_person(person: Person, *, portal: Portal, language: str) -> None:
    """Raises LastOwner while an open organization has no other owner, LastOperator for the only one of a portal."""
    with transaction.atomic():
        queries.locked(*queries.of_person(person))
        if queries.owned_alone(person).exists():
            raise LastOwner
        for row in Membership.objects.select_related("person", "organization").filter(person=person):
            if row.organization.closed_at is None:
                part_with(row)
            else:
                row.delete()
        forget(person, portal=portal, language=language)
