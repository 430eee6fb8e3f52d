"""Moves an account to the address that just confirmed it; the old one is told, and may undo it."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from loa.accounts import emails
from loa.accounts.errors import LinkGone
from loa.accounts.models import AddressChange, Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.portals.models import Portal


def change_address(public_id: str, *, portal: Portal, language: str) -> Person:
    """The person under the new address; twice changes nothing more.

    Raises LinkGone where the account has another address by now, or somebody else has the new one.
    """
    try:
        with transaction.atomic():
            row = AddressChange.objects.select_for_update().get(public_id=public_id, undone_at=None)
            person = Person.objects.select_for_update().get(pk=row.person_id, is_active=True)
            if row.changed_at is not None and person.email == row.new:
                return person
            if row.changed_at is not None or person.email != row.old:
                raise LinkGone
            move_to(person, row.new)
            row.changed_at = clock.now()
            row.save(update_fields=["changed_at"])
            emails.address_changed(row, portal=portal, language=language)
            record(actor(person), act="change_address", subject=f"person:{person.pk}", detail={"from": row.old})
            return person
    except (AddressChange.DoesNotExist, Person.DoesNotExist, IntegrityError) as error:
        raise LinkGone from error


def move_to(person: Person, email: str) -> None:
    """Inside the caller's transaction. Raises IntegrityError where somebody else has the address."""
    person.email = email
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
